package dev.forensics.indexer.flow;

import java.util.function.IntFunction;

/**
 * Arrays that ended flows gave back, for other flows: what a flow needs for a while so does not
 * become garbage. Lengths are powers of two. Bounded: what is given back beyond {@value
 * #MOST_SPARE} arrays of a length is left to the collector.
 *
 * <p>An array holds what its user before wrote. Not thread-safe: each table has its own.
 */
final class SpareArrays<A> {
  /** How many arrays of each length are kept. */
  static final int MOST_SPARE = 256;

  private final IntFunction<A> maker;
  private final Object[][] spare;
  private final int[] counts;

  /**
   * Begins without any.
   *
   * @param most the greatest length, a power of two
   * @param maker makes an array of a length
   */
  SpareArrays(int most, IntFunction<A> maker) {
    this.maker = maker;
    int lengths = index(most) + 1;
    spare = new Object[lengths][0];
    counts = new int[lengths];
  }

  private static int index(int length) {
    return Integer.numberOfTrailingZeros(length);
  }

  /**
   * An array of anything.
   *
   * @param length a power of two, at most the greatest
   */
  @SuppressWarnings("unchecked") // only give puts arrays there
  A take(int length) {
    int index = index(length);
    int count = counts[index];
    if (count == 0) {
      return maker.apply(length);
    }
    counts[index] = count - 1;
    A array = (A) spare[index][count - 1];
    spare[index][count - 1] = null;
    return array;
  }

  /**
   * Takes an array back, which its user forgets.
   *
   * @param length its length, as it was taken
   */
  void give(A array, int length) {
    int index = index(length);
    int count = counts[index];
    if (count == MOST_SPARE) {
      return;
    }
    if (spare[index].length == 0) {
      spare[index] = new Object[MOST_SPARE];
    }
    spare[index][count] = array;
    counts[index] = count + 1;
  }
}
