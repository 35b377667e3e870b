package dev.forensics.indexer.capture;

/**
 * The clock of one sensor: the packet time up to which its traffic has come, in nanoseconds. Times
 * that are astray do not move it, those that are undecided only once others have come behind them.
 * It goes forward with any capture, and back with the one alone that had set it. Not thread-safe.
 */
public final class TrafficClock {
  /** What it shows before the first record. */
  public static final long UNSET = CaptureTime.UNSET;

  private static final int NOBODY = -1;

  private final long[] undecided = new long[CaptureTime.FEW];
  private int waiting;
  private long nanos = UNSET;
  private int leader = NOBODY;

  /** What it shows; {@link #UNSET} before the first record. */
  public long nanos() {
    return nanos;
  }

  /** Sets it to where it was at another time. */
  public void set(long clockNanos) {
    nanos = clockNanos;
    leader = NOBODY;
    waiting = 0;
  }

  /**
   * Takes note of the next record of the sensor.
   *
   * @param record with its dating
   * @param capture number of the capture that it stands in
   */
  public void pass(PacketRecord record, int capture) {
    long time = record.timestampNanos;
    if (record.dating == Dating.BELIEVED) {
      boolean isBack = time < nanos - CaptureTime.SLACK_NANOS;
      if (time > nanos || nanos == UNSET || (isBack && mayBeSetBackBy(capture))) {
        waiting = isBack ? 0 : waiting;
        nanos = time;
        leader = capture;
      }
    } else if (record.dating == Dating.UNDECIDED) {
      passUndecided(time);
    }
  }

  private boolean mayBeSetBackBy(int capture) {
    return leader == capture || leader == NOBODY;
  }

  private void passUndecided(long time) {
    if (nanos == UNSET) {
      nanos = time;
    } else if (time <= nanos + CaptureTime.SLACK_NANOS) {
      nanos = Math.max(nanos, time);
    } else {
      confirm(time);
    }
  }

  /** Where captures hold few records each, those of the next ones confirm their times. */
  private void confirm(long time) {
    if (waiting > 0 && time < undecided[waiting - 1] - CaptureTime.SLACK_NANOS) {
      waiting = 0;
    }
    if (waiting == undecided.length) {
      nanos = Math.max(nanos, undecided[0]);
      System.arraycopy(undecided, 1, undecided, 0, --waiting);
    }
    undecided[waiting++] = time;
  }
}
