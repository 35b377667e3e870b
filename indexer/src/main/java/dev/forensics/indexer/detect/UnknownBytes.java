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
    int printable = 0;
    for (int i = offset; i < offset + length; i++) {
      int value = buffer[i] & 0xFF;
      counts[value]++;
      if ((value >= 0x20 && value < 0x7F) || value == '\r' || value == '\n' || value == '\t') {
        printable++;
      }
    }
    return new UnknownBytes(length, entropy(counts, length), (double) printable / length);
  }

  private static double entropy(int[] counts, int total) {
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / total;
        bits -= share * Math.log(share);
      }
    }
    return bits / Math.log(2);
  }
}
