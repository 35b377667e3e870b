package dev.forensics.indexer.detect.wire;

/**
 * Tells bytes that may be random (keys, ids, encrypted data) from structure and text, which have
 * more zeros or more printable characters. Random bytes pass but for less than 1 in 10,000 times.
 */
public final class Randomness {
  /** 95 of 256 values are printable. */
  private static final double PRINTABLE = 95 / 256.0;

  /** Random bytes are beyond so many standard deviations less than once in a million. */
  private static final int DEVIATIONS = 5;

  private static final int ZEROS = 2;
  private static final int BYTES_A_ZERO = 32;

  private Randomness() {}

  /**
   * True when these bytes may be random.
   *
   * @param length in bytes; fewer than 16 can be told by their zeros only
   */
  public static boolean isPlausible(byte[] buffer, int offset, int length) {
    int zeros = 0;
    int printable = 0;
    for (int i = 0; i < length; i++) {
      byte value = buffer[offset + i];
      zeros += value == 0 ? 1 : 0;
      printable += Octets.printable(value) ? 1 : 0;
    }
    double deviation = Math.sqrt(length * PRINTABLE * (1 - PRINTABLE));
    return zeros <= ZEROS + length / BYTES_A_ZERO
        && printable <= length * PRINTABLE + DEVIATIONS * deviation;
  }
}
