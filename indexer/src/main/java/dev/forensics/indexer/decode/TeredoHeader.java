package dev.forensics.indexer.decode;

/**
 * Teredo (RFC 4380, section 5.1.1): an IPv6 packet in UDP, with indications before it where a
 * server was asked.
 *
 * <pre>
 *  00 01 | id length | auth length | id | auth value | nonce (8) | confirmation   authentication
 *  00 00 | port | address                                                         origin
 *  6.... IPv6; a bubble may have payload behind its announced end
 * </pre>
 */
final class TeredoHeader {
  private static final int ORIGIN_LENGTH = 8;
  private static final int AUTHENTICATION_LENGTH = 13;

  private TeredoHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (cursor.has(4) && cursor.u16(0) == 1) {
      int length = AUTHENTICATION_LENGTH + cursor.u8(2) + cursor.u8(3);
      cursor.at += Math.min(length, cursor.length());
    }
    if (cursor.has(ORIGIN_LENGTH) && cursor.u16(0) == 0) {
      cursor.at += ORIGIN_LENGTH;
    }
    if (!cursor.has(Ipv6Header.LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, Ipv6Header.LENGTH);
    }
    boolean fits = Ipv6Header.isLikely(cursor);
    if (!fits || !(isTeredo(cursor.i32(8)) || isTeredo(cursor.i32(24)))) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    return cursor.enter(packet, Tunnel.TEREDO, DecodedPacket.NONE, EtherType.IPV6);
  }

  /** One end is in Teredo's prefix 2001::/32 or, while it asks for an address, link-local. */
  private static boolean isTeredo(int addressStart) {
    return addressStart == 0x20010000 || addressStart >>> 22 == 0xFE80 >>> 6;
  }
}
