package dev.forensics.indexer.decode;

/**
 * Geneve header (RFC 8926, section 3.4).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-----------+-+-+-----------+-------------------------------+
 * |ver| opt length|O|C| reserved  |         protocol type         |
 * +---+-----------+-+-+-----------+---------------+---------------+
 * |                      VNI                      |   reserved    |
 * +-----------------------------------------------+---------------+
 * |         options, opt length in units of 4 bytes               |
 * </pre>
 */
final class GeneveHeader {
  static final int LENGTH = 8;

  private GeneveHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int length = LENGTH + (cursor.u8(0) & 0x3F) * 4;
    boolean valid = cursor.u8(0) >>> 6 == 0 && (cursor.u8(1) & 0x3F) == 0 && cursor.u8(7) == 0;
    if (!valid) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.TUNNEL, length);
    }
    int type = cursor.u16(2);
    int vni = cursor.i32(4) >>> 8;
    cursor.at += length;
    return cursor.enter(packet, Tunnel.GENEVE, vni, type);
  }
}
