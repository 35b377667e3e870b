package dev.forensics.indexer.flow;

/**
 * Numbers of 1 to 10 bytes, seven bits each, least significant first; the high bit says that
 * another byte follows.
 */
final class Varints {
  /** Most bytes of a number. */
  static final int LIMIT = 10;

  private Varints() {}

  /** How many bytes a number takes. */
  static int length(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  /**
   * Writes a number.
   *
   * @return the offset behind it
   */
  static int put(byte[] buffer, int offset, long value) {
    int at = offset;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[at++] = (byte) rest;
    return at;
  }

  /**
   * Reads a number.
   *
   * @throws IllegalArgumentException when it does not end within the buffer or its 10 bytes
   */
  static long get(byte[] buffer, int offset) {
    long value = 0;
    int end = end(buffer, offset);
    for (int at = end - 1; at >= offset; at--) {
      value = (value << 7) | (buffer[at] & 0x7F);
    }
    return value;
  }

  /**
   * The offset behind the number at this offset.
   *
   * @throws IllegalArgumentException when it does not end within the buffer or its 10 bytes
   */
  static int end(byte[] buffer, int offset) {
    for (int at = offset; at < buffer.length && at < offset + LIMIT; at++) {
      if (buffer[at] >= 0) {
        return at + 1;
      }
    }
    throw new IllegalArgumentException("number does not end: offset=" + offset);
  }

  /** Maps small negative numbers to small positive ones. */
  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** Undoes {@link #zigzag}. */
  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
