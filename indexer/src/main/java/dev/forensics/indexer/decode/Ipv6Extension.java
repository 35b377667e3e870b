package dev.forensics.indexer.decode;

/**
 * IPv6 extension headers (RFC 8200, section 4; RFC 6275 mobility, RFC 7401 HIP, RFC 5533 shim6).
 *
 * <pre>
 *  0             1                2
 * +-------------+----------------+-----------------------------
 * | next header | length in 8    | options
 * |             | bytes, minus 1 |
 * +-------------+----------------+-----------------------------
 *
 * Fragment header (section 4.5), always 8 bytes:
 *  0             1          2                   4
 * +-------------+----------+---------------+-+-+---------------+
 * | next header | reserved | offset (13)   |0|M| identification|
 * +-------------+----------+---------------+-+-+---------------+
 * </pre>
 */
final class Ipv6Extension {
  static final int LENGTH = 8;

  private Ipv6Extension() {}

  static int decode(int protocol, Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.IPV6_EXTENSION, LENGTH);
    }
    int nextHeader = cursor.u8(0);
    if (protocol == IpProtocol.FRAGMENT) {
      return fragment(nextHeader, cursor, packet);
    }
    boolean isMessage = protocol == IpProtocol.MOBILITY || protocol == IpProtocol.HIP;
    if (isMessage && nextHeader == IpProtocol.NO_NEXT_HEADER) {
      return IpProtocol.portless(cursor, packet);
    }
    int length = (cursor.u8(1) + 1) * 8;
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.IPV6_EXTENSION, length);
    }
    return cursor.skip(length, Next.IP_PROTOCOL | nextHeader);
  }

  private static int fragment(int nextHeader, Cursor cursor, DecodedPacket packet) {
    int offset = cursor.u16(2);
    packet.identification = cursor.i32(4);
    cursor.at += LENGTH;
    boolean atomic = (offset & 0xFFF9) == 0;
    if (atomic) {
      return Next.IP_PROTOCOL | nextHeader;
    }
    cursor.fragmentOffset = offset & 0xFFF8;
    cursor.moreFragments = (offset & 1) != 0;
    cursor.fragmentId = packet.identification;
    cursor.fragmentProtocol = nextHeader;
    return Next.FRAGMENT;
  }
}
