package dev.forensics.indexer.detect.mtproto;

/** Reads little-endian numbers; MTProto has no others. */
final class LittleEndian {
  private LittleEndian() {}

  static int int32(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFF)
        | ((bytes[offset + 1] & 0xFF) << 8)
        | ((bytes[offset + 2] & 0xFF) << 16)
        | ((bytes[offset + 3] & 0xFF) << 24);
  }

  static long int64(byte[] bytes, int offset) {
    return (int32(bytes, offset) & 0xFFFF_FFFFL) | ((long) int32(bytes, offset + 4) << 32);
  }
}
