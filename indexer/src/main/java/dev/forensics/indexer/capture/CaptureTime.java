package dev.forensics.indexer.capture;

/**
 * Decides from the records around it whether a record's time can be believed. The rules, for one
 * capture:
 *
 * <ul>
 *   <li>A time within {@link #SLACK_NANOS} of the capture's clock (the latest time believed) is
 *       believed.
 *   <li>Any other waits for the records behind it. It is believed once {@value #FEW} of them go on
 *       from there ({@value #MANY} when it is more than a day off): the capture's clock is set to
 *       it, forward after a pause, or back.
 *   <li>It is astray once one of them stands at the clock again, or so many go on from elsewhere
 *       that those are believed.
 * </ul>
 *
 * <p>Where there is no clock yet, {@value #FEW} more records near the same time begin it, or the
 * first one before them of which they stand up to a day behind: a pause. What is decided depends on
 * the shortest stretch of records that decides it, so neither on how much of the capture is there
 * nor on how often it is looked at.
 */
final class CaptureTime {
  /** How far times may run ahead and back among records in a row, in nanoseconds. */
  static final long SLACK_NANOS = 10_000_000_000L;

  /** A clock that nobody has set. */
  static final long UNSET = Long.MIN_VALUE;

  /** How many records have to go on from a time. */
  static final int FEW = 2;

  /** The same for one that is far off. */
  static final int MANY = 7;

  /** More records without a beginning of the clock in them are too many. */
  private static final int UNBEGUN = 8;

  private static final long FAR_NANOS = 86_400_000_000_000L;

  private long clockNanos;

  CaptureTime(long clockNanos) {
    this.clockNanos = clockNanos;
  }

  /**
   * Looks at the first records of a capture for the time at which it begins.
   *
   * @param reader stands behind the first record
   * @param first the first record; filled with further ones
   */
  static long beginning(CaptureReader reader, PacketRecord first) {
    long[] times = new long[UNBEGUN];
    int count = 0;
    CaptureTime time = new CaptureTime(UNSET);
    try {
      do {
        times[count++] = first.timestampNanos;
      } while (!time.begin(times, count) && reader.next(first));
    } catch (CaptureException e) {
      // What is broken behind the first record is told when it is read.
      return times[0];
    }
    if (time.clockNanos == UNSET) {
      time.beginInOrder(times, count);
    }
    return time.goesOn(times[0]) ? times[0] : time.clockNanos;
  }

  /** The latest time believed, in nanoseconds; UNSET before. */
  long clockNanos() {
    return clockNanos;
  }

  /** True when a time can be that of a packet after a pause: it is not back, nor far ahead. */
  boolean mayFollowPause(long nanos) {
    // Times out of all bounds may overflow, and are below zero then.
    boolean isAhead = nanos >= clockNanos && nanos - clockNanos >= 0;
    return clockNanos == UNSET || (isAhead && nanos - clockNanos <= FAR_NANOS);
  }

  /** True when a time can be believed at once; the clock goes on with it. */
  boolean goesOn(long nanos) {
    long ahead = nanos - clockNanos; // below 0 where the clock is unset
    if (ahead >= 0 && ahead <= SLACK_NANOS && nanos >= 0) {
      clockNanos = nanos;
      return true;
    }
    if (!isAtClock(nanos)) {
      return false;
    }
    clockNanos = Math.max(clockNanos, nanos);
    return true;
  }

  /**
   * Decides about the first of some times that follow one another in the capture.
   *
   * @param times in nanoseconds, the first of them to be decided about
   * @param count how many they are, at least 1
   * @return null while it takes more of them
   */
  Dating decide(long[] times, int count) {
    for (int seen = 1; seen <= count; seen++) {
      Dating decided = decideBy(times, seen);
      if (decided != null) {
        return decided;
      }
    }
    return null;
  }

  private Dating decideBy(long[] times, int count) {
    if (clockNanos == UNSET && !begin(times, count)) {
      return null;
    }
    if (goesOn(times[0])) {
      return Dating.BELIEVED;
    }
    for (int i = 1; i < count; i++) {
      boolean isBefore = times[i] < times[0] - SLACK_NANOS;
      if (isAtClock(times[i]) || (isBefore && isConfirmed(times, i, count))) {
        return Dating.ASTRAY;
      }
    }
    if (isConfirmed(times, 0, count)) {
      clockNanos = times[0];
      return Dating.BELIEVED;
    }
    return null;
  }

  /** Sets the clock where several records stand together, the last resort being their order. */
  private boolean begin(long[] times, int count) {
    for (int i = 0; i < count; i++) {
      int together = 0;
      for (int j = 0; j < count; j++) {
        together += Math.abs(times[j] - times[i]) <= SLACK_NANOS ? 1 : 0;
      }
      if (together > FEW) {
        clockNanos = beforePause(times, i);
        return true;
      }
    }
    if (count < UNBEGUN) {
      return false;
    }
    beginInOrder(times, count);
    return true;
  }

  /** The first of the times that are followed, at once or behind a pause, by this one. */
  private static long beforePause(long[] times, int index) {
    int first = 0;
    while (times[first] > times[index] || times[index] - times[first] > FAR_NANOS) {
      first++;
    }
    return times[first];
  }

  /** Sets the clock to the first time that others go on from, the last resort being the first. */
  private void beginInOrder(long[] times, int count) {
    int first = 0;
    while (first < count && following(times, first, count) < FEW) {
      first++;
    }
    clockNanos = times[first % count];
  }

  private boolean isAtClock(long nanos) {
    // The differences of an unset clock and of times out of all bounds may overflow.
    return clockNanos != UNSET
        && nanos >= clockNanos - SLACK_NANOS
        && nanos <= clockNanos + SLACK_NANOS;
  }

  private boolean isConfirmed(long[] times, int index, int count) {
    double distance = Math.abs((double) times[index] - clockNanos);
    return following(times, index, count) >= (distance > FAR_NANOS ? MANY : FEW);
  }

  /** How many of the next records go on from one, of those on its side of the clock. */
  private int following(long[] times, int index, int count) {
    int following = 0;
    for (int i = index + 1; i < count; i++) {
      if (isBack(times[i]) == isBack(times[index])) {
        if (times[i] < times[index] - SLACK_NANOS) {
          break;
        }
        following++;
      }
    }
    return following;
  }

  private boolean isBack(long nanos) {
    return clockNanos != UNSET && nanos < clockNanos - SLACK_NANOS;
  }
}
