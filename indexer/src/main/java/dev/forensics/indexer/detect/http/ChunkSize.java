package dev.forensics.indexer.detect.http;

/** The line before each chunk of a body (RFC 9112 section 7.1): chunk-size [ chunk-ext ]. */
final class ChunkSize {
  private static final long LIMIT = 1L << 50;

  private ChunkSize() {}

  /** The size that the line says, in bytes; -1 when it says none, or more than 1 PiB. */
  static long parse(byte[] line, int offset, int length) {
    long size = 0;
    int digits = 0;
    for (int i = 0; i < length; i++) {
      byte c = line[offset + i];
      int digit = Character.digit(c, 16);
      if (digit < 0) {
        return digits > 0 && (c == ';' || c == ' ' || c == '\t') ? size : -1;
      }
      size = (size << 4) | digit;
      digits++;
      if (size > LIMIT) {
        return -1;
      }
    }
    return digits == 0 ? -1 : size;
  }
}
