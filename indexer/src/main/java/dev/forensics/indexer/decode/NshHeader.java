package dev.forensics.indexer.decode;

/**
 * Network service header (RFC 8300, section 2.2): names a path through service functions, then what
 * it carries.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+-+-----------+-----------+-------+-------+---------------+
 * |ver|O|U|    TTL    |  length   |U U U U|MD type| next protocol |   length in 4 bytes, of all
 * +---+-+-+-----------+-----------+-------+-------+---------------+
 * |          service path id                      | service index |
 * +-----------------------------------------------+---------------+
 * |                     context or metadata                       |
 * </pre>
 */
final class NshHeader {
  static final int LENGTH = 8;

  private NshHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int length = (cursor.u16(0) & 0x3F) * 4;
    if (cursor.u8(0) >>> 6 != 0 || length < LENGTH) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.TUNNEL, length);
    }
    int nextProtocol = cursor.u8(3);
    cursor.at += length;
    return follow(nextProtocol, cursor, packet);
  }

  /** Next protocols of RFC 8300, section 9.6.5; VXLAN-GPE uses the same numbers. */
  static int follow(int nextProtocol, Cursor cursor, DecodedPacket packet) {
    return switch (nextProtocol) {
      case 1 -> EtherType.IPV4;
      case 2 -> EtherType.IPV6;
      case 3 -> Next.ETHERNET;
      case 4 -> EtherType.NSH;
      case 5 -> EtherType.MPLS;
      default -> cursor.stop(packet, Layer.TUNNEL, StopReason.NOT_IP);
    };
  }
}
