package dev.forensics.indexer.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The clock of one sensor: the packet time up to which its traffic has come, in nanoseconds. Times
 * that are astray do not move it, those that are undecided only once others have come behind them.
 * It goes forward with any capture, and back with the one alone that had set it. Not thread-safe.
 */
public final class TrafficClock {
  private static final int FEW = CaptureTime.FEW;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * A step: so far ahead goes the clock from one packet to the next, without any packet between, in
   * nanoseconds. The traffic ceased for so long, or the clock was set forward.
   */
  public static final long LEAST_STEP_NANOS = 30_000_000_000L;

  /** What it shows before the first record. */
  public static final long UNSET = CaptureTime.UNSET;

  /** Number of no capture: any may set the clock back. */
  public static final int NOBODY = -1;

  /** Stands for a capture that is not read at present: no other may set the clock back. */
  public static final int ABSENT = -2;

  private static final long[] NONE = {};

  private final long[] undecided = new long[FEW];
  private long[] ahead = NONE;
  private int waiting;
  private long nanos = UNSET;
  private int leader = NOBODY;

  /** Work that was done in a second, see {@link #spend}. */
  private int spent;

  private long spentSecond;

  /** The length of all steps so far; only differences mean something. */
  private long steppedNanos;

  /**
   * All that there is to the clock.
   *
   * @param nanos what it shows
   * @param leader number of the capture that had set it; {@link #NOBODY} or {@link #ABSENT}
   * @param undecided times ahead of it that others have to confirm
   * @param spent work of the second that it shows, see {@link #spend}
   */
  public record State(long nanos, int leader, List<Long> undecided, int spent) {
    /** Copies the list. */
    public State {
      undecided = List.copyOf(undecided);
    }

    /** Nothing was spent yet. */
    public State(long nanos, int leader, List<Long> undecided) {
      this(nanos, leader, undecided, 0);
    }

    /** Set to a time by nobody. */
    public static State at(long nanos) {
      return new State(nanos, NOBODY, List.of());
    }
  }

  /** What it shows; {@link #UNSET} before the first record. */
  public long nanos() {
    return nanos;
  }

  /**
   * How far all steps so far have set it forward, in nanoseconds. Two such numbers tell how far it
   * was set forward in between, whatever they are.
   */
  public long steppedNanos() {
    return steppedNanos;
  }

  /**
   * Undecided times ahead of it, in order, where others have to confirm them; another array once
   * they are others. Not to be written to.
   */
  public long[] ahead() {
    return ahead;
  }

  /** How it stands. */
  public State state() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < waiting; i++) {
      times.add(undecided[i]);
    }
    return new State(nanos, leader, times, spentSecond == second() ? spent : 0);
  }

  /** Sets it to how it stood at another time. */
  public void set(State state) {
    nanos = state.nanos;
    leader = state.leader;
    spent = state.spent;
    spentSecond = second();
    waiting = 0;
    for (long time : state.undecided.subList(0, Math.min(FEW, state.undecided.size()))) {
      undecided[waiting++] = time;
    }
    noteAhead();
  }

  private void noteAhead() {
    ahead = waiting == 0 ? NONE : Arrays.copyOf(undecided, waiting);
  }

  /** The capture that had set it is read under this number now. */
  public void ledBy(int capture) {
    leader = capture;
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
      if (!isBack) {
        contradict(time);
      }
      if (time > nanos || nanos == UNSET || (isBack && mayBeSetBackBy(capture))) {
        if (isBack) {
          waiting = 0;
          ahead = NONE;
        } else if (waiting > 0) {
          passConfirmed(time);
        }
        moveTo(time);
        leader = capture;
      }
    } else if (record.dating == Dating.UNDECIDED) {
      passUndecided(time);
    } else if (nanos == UNSET) {
      nanos = record.turnNanos; // its capture has a clock by what stands behind it
      leader = capture;
    }
  }

  /**
   * Counts work that a packet asks for, of which there may be so much in each second of packet
   * time.
   *
   * @param work 0 or more
   * @return the work so far of the second that the clock shows
   */
  public int spend(int work) {
    if (spentSecond != second()) {
      spentSecond = second();
      spent = 0;
    }
    spent = Math.min(spent, Integer.MAX_VALUE - work) + work;
    return spent;
  }

  private long second() {
    return Math.floorDiv(nanos, NANOS_PER_SECOND);
  }

  private void moveTo(long time) {
    steppedNanos += isStep(time) ? time - nanos : 0;
    nanos = time;
  }

  private boolean isStep(long time) {
    return nanos != UNSET && time - nanos > LEAST_STEP_NANOS;
  }

  private boolean mayBeSetBackBy(int capture) {
    return leader == capture || leader == NOBODY;
  }

  private void passUndecided(long time) {
    if (nanos == UNSET) {
      nanos = time;
    } else if (time <= nanos + CaptureTime.SLACK_NANOS) {
      if (time >= nanos - CaptureTime.SLACK_NANOS) {
        contradict(time);
      }
      nanos = Math.max(nanos, time);
    } else {
      confirm(time);
    }
  }

  /**
   * A time is believed that stands behind undecided ones: those near it were right. The clock goes
   * over them, so that a step is as long as where nothing was undecided.
   */
  private void passConfirmed(long time) {
    int left = 0;
    for (int i = 0; i < waiting; i++) {
      long earlier = undecided[i];
      if (earlier > time) {
        undecided[left++] = earlier;
      } else if (earlier > nanos && time - earlier <= CaptureTime.SLACK_NANOS) {
        moveTo(earlier);
      }
    }
    waiting = left;
    noteAhead();
  }

  /** The traffic stands at this time: what was further ahead was astray. */
  private void contradict(long time) {
    while (waiting > 0 && time < undecided[waiting - 1] - CaptureTime.SLACK_NANOS) {
      waiting--;
    }
  }

  /** Where captures hold few records each, those of the next ones confirm their times. */
  private void confirm(long time) {
    contradict(time);
    if (waiting == undecided.length) {
      moveTo(Math.max(nanos, undecided[0]));
      System.arraycopy(undecided, 1, undecided, 0, --waiting);
    }
    undecided[waiting++] = time;
    noteAhead();
  }
}
