package dev.forensics.indexer.detect.tls;

/**
 * Reads big-endian numbers within bounds. Reading past the end gives 0 and sets {@link #failed},
 * which stays.
 */
final class Cursor {
  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean failed;

  Cursor(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  boolean failed() {
    return failed;
  }

  int left() {
    return end - at;
  }

  int offset() {
    return at;
  }

  byte[] bytes() {
    return bytes;
  }

  int uint8() {
    return (int) number(1);
  }

  int uint16() {
    return (int) number(2);
  }

  int uint24() {
    return (int) number(3);
  }

  private long number(int size) {
    if (end - at < size) {
      failed = true;
      at = end;
      return 0;
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (bytes[at++] & 0xFF);
    }
    return value;
  }

  void skip(int count) {
    if (count > end - at) {
      failed = true;
      at = end;
    } else {
      at += count;
    }
  }

  /** The next bytes as a cursor of their own; empty when they are not all there. */
  Cursor part(int length) {
    int start = at;
    skip(length);
    return new Cursor(bytes, start, failed ? 0 : length);
  }
}
