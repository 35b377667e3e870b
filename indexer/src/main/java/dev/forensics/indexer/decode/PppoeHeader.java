package dev.forensics.indexer.decode;

/**
 * PPPoE session header (RFC 2516, section 4).
 *
 * <pre>
 *  0          1      2            4          6
 * +-----+----+------+------------+----------+
 * | ver |type| code | session id | length   |   version 1, type 1, code 0
 * +-----+----+------+------------+----------+
 * </pre>
 */
final class PppoeHeader {
  static final int LENGTH = 6;

  private PppoeHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.PPP, LENGTH);
    }
    if (cursor.u8(0) != 0x11) {
      return cursor.stop(packet, Layer.PPP, StopReason.MALFORMED);
    }
    if (cursor.u8(1) != 0) {
      return cursor.stop(packet, Layer.PPP, StopReason.NOT_IP);
    }
    int session = cursor.u16(2);
    int length = cursor.u16(4);
    cursor.at += LENGTH;
    if (length != 0) {
      cursor.shorten(length);
    }
    return cursor.enter(packet, Tunnel.PPPOE, session, Next.PPP);
  }
}
