package dev.forensics.indexer.detect;

/**
 * What can be said of the first bytes of a direction that no protocol knows.
 *
 * @param lengthBytes how many bytes were looked at
 * @param entropyBits Shannon entropy in bits a byte, 0..8; short samples cannot reach 8
 * @param printableShare share of printable ASCII and line ends, 0..1
 */
public record UnknownBytes(int lengthBytes, double entropyBits, double printableShare) {
  /** Nothing was looked at: bytes came, but only after a gap or in the middle of a stream. */
  public static final UnknownBytes NONE = new UnknownBytes(0, 0, 0);

  private static final int KNOWN_TERMS = 16;

  /**
   * Measures bytes.
   *
   * @param offset in bytes from the start of buffer
   * @param length in bytes
   */
  public static UnknownBytes of(byte[] buffer, int offset, int length) {
    if (length == 0) {
      return NONE;
    }
    int[] counts = new int[256];
    for (int i = offset; i < offset + length; i++) {
      counts[buffer[i] & 0xFF]++;
    }
    return new UnknownBytes(length, entropy(counts, length), (double) printable(counts) / length);
  }

  private static int printable(int[] counts) {
    int printable = counts['\r'] + counts['\n'] + counts['\t'];
    for (int value = 0x20; value < 0x7F; value++) {
      printable += counts[value];
    }
    return printable;
  }

  private static double entropy(int[] counts, int total) {
    double[] terms = new double[KNOWN_TERMS]; // of small counts, which are most
    double bits = 0;
    for (int count : counts) {
      if (count >= KNOWN_TERMS) {
        bits -= term(count, total);
      } else if (count > 0) {
        if (terms[count] == 0) {
          terms[count] = term(count, total);
        }
        bits -= terms[count];
      }
    }
    return bits / Math.log(2);
  }

  private static double term(int count, int total) {
    double share = (double) count / total;
    return share * Math.log(share);
  }
}
