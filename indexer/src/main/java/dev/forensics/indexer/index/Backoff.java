package dev.forensics.indexer.index;

import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between attempts: doubled each time, capped, and drawn so that none coincide. */
final class Backoff {
  static final long FIRST_MILLIS = 100;
  static final long LONGEST_MILLIS = 5_000;
  private static final int MOST_DOUBLINGS = 10;

  private Backoff() {}

  /**
   * The pause before an attempt, in milliseconds: between half and the whole of the doubled value.
   *
   * @param failures attempts that failed so far, 1 or more
   */
  static long millis(int failures) {
    long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS));
    return whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
  }
}
