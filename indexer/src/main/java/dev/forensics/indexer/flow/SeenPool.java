package dev.forensics.indexer.flow;

import java.util.ArrayDeque;

/**
 * What ended flows do not need any more to compare what comes again, for other flows: instances of
 * {@link SeenBytes} and their arrays. Bounded; not thread-safe: each table has its own.
 */
final class SeenPool {
  /** How many instances wait for their next use at most. */
  static final int MOST_SPARE = 1024;

  private final SpareArrays<byte[]> arrays = new SpareArrays<>(SeenBytes.MOST, byte[]::new);
  private final ArrayDeque<SeenBytes> spare = new ArrayDeque<>();

  /**
   * One that begins with a direction's first payload.
   *
   * @param captured how many bytes of it are to be kept
   */
  SeenBytes take(int firstSequence, int captured) {
    SeenBytes seen = spare.isEmpty() ? new SeenBytes(this) : spare.pop();
    seen.begin(firstSequence, captured);
    return seen;
  }

  /** Takes one back that holds no arrays any more. */
  void give(SeenBytes seen) {
    if (spare.size() < MOST_SPARE) {
      spare.push(seen);
    }
  }

  byte[] takeArray(int length) {
    return arrays.take(length);
  }

  void giveArray(byte[] array, int length) {
    arrays.give(array, length);
  }
}
