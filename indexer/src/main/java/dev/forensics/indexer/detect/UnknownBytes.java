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

  /** The natural logarithm of each small count. */
  private static final double[] LOGARITHMS = logarithms();

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
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      counts[buffer[i] & 0xFF]++;
    }
    int printable = counts['\r'] + counts['\n'] + counts['\t'];
    for (int value = 0x20; value < 0x7F; value++) {
      printable += counts[value];
    }
    double logarithms = 0;
    for (int count : counts) {
      if (count > 1) {
        double logarithm = count < LOGARITHMS.length ? LOGARITHMS[count] : Math.log(count);
        logarithms += count * logarithm;
      }
    }
    double bits = (Math.log(length) - logarithms / length) / LOGARITHMS[2];
    return new UnknownBytes(length, Math.max(0, bits), (double) printable / length);
  }

  private static double[] logarithms() {
    double[] logarithms = new double[256];
    for (int count = 1; count < logarithms.length; count++) {
      logarithms[count] = Math.log(count);
    }
    return logarithms;
  }
}
