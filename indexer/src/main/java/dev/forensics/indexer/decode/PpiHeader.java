package dev.forensics.indexer.decode;

/**
 * Per-Packet Information header (CACE), little-endian.
 *
 * <pre>
 *  0         1       2          4              8
 * +---------+-------+----------+--------------+--------
 * | version | flags | length   | DLT          | fields
 * +---------+-------+----------+--------------+--------
 * </pre>
 */
final class PpiHeader {
  static final int LENGTH = 8;

  private PpiHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    int length = BigEndian.littleU16(cursor.buffer, cursor.at + 2);
    if (cursor.u8(0) != 0 || length < LENGTH) {
      return cursor.stop(packet, Layer.LINK, StopReason.MALFORMED);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.LINK, length);
    }
    int linkType = BigEndian.littleI32(cursor.buffer, cursor.at + 4);
    return cursor.skip(length, Next.LINK_TYPE | (linkType & 0xFFFF));
  }
}
