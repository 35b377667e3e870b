package dev.forensics.indexer.detect.http;

import java.util.Arrays;

/** The first bytes of one message's body; the rest is only counted. Reused for each message. */
final class BodyPrefix {
  /** How many bytes are kept: enough for an envelope and for a server's error page. */
  static final int LIMIT = 512;

  private byte[] bytes;
  private int length;
  private long total;
  private boolean gap;

  /** True once the parser was told of this body. */
  boolean reported;

  void begin() {
    length = 0;
    total = 0;
    gap = false;
    reported = false;
  }

  void append(byte[] buffer, int offset, int count) {
    total += count;
    int taken = gap ? 0 : Math.min(count, LIMIT - length);
    if (taken > 0) {
      if (bytes == null || length + taken > bytes.length) {
        int size = Math.min(LIMIT, Math.max(64, 2 * (length + taken)));
        bytes = bytes == null ? new byte[size] : Arrays.copyOf(bytes, size);
      }
      System.arraycopy(buffer, offset, bytes, length, taken);
      length += taken;
    }
  }

  /** Bytes are missing: what follows does not belong to the prefix. */
  void skip(long count) {
    total += count;
    gap = true;
  }

  /** The parser was told of this body: its bytes may hold passwords, and nobody wants them. */
  void forget() {
    gap = true;
    if (length > 0) {
      Arrays.fill(bytes, 0, length, (byte) 0);
      length = 0;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Bytes of the body so far, missing ones included. */
  long total() {
    return total;
  }

  /**
   * True when bytes of the prefix are missing.
   *
   * @param totalBytes of the body; -1 when its end was not seen
   */
  boolean isCut(long totalBytes) {
    return !full() && (totalBytes < 0 || totalBytes > length);
  }

  /** Memory of the bytes. */
  int keptBytes() {
    return bytes == null ? 0 : bytes.length;
  }

  boolean full() {
    return length == LIMIT;
  }
}
