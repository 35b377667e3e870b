package dev.forensics.indexer.decode;

/**
 * IPv6 header (RFC 8200, section 3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+---------------+---------------------------------------+
 * |  6    | traffic class |              flow label               |
 * +-------+-------+-------+-------+---------------+---------------+
 * |        payload length         |  next header  |   hop limit   |
 * +-------------------------------+---------------+---------------+
 * |                   source address (16 bytes)                   |
 * |                destination address (16 bytes)                 |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * A packet in a tunnel that says it is longer than the tunnel's payload was cut by a mirror when
 * its other fields are those of a packet, and is no packet otherwise.
 */
final class Ipv6Header {
  static final int LENGTH = 40;
  private static final int LOCAL = 0xFE;
  private static final int MULTICAST = 0xFF;

  private Ipv6Header() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.IPV6, LENGTH);
    }
    int payloadLength = cursor.u16(4);
    boolean fits = packet.tunnelDepth == 0 || lengthFits(cursor);
    if (cursor.u8(0) >>> 4 != 6 || !fits) {
      return cursor.stop(packet, Layer.IPV6, StopReason.MALFORMED);
    }
    int nextHeader = cursor.u8(6);
    address(cursor, packet);
    // 0: jumbogram (RFC 2675) or segmentation offload, the packet is as long as the frame
    if (payloadLength != 0 || nextHeader == IpProtocol.NO_NEXT_HEADER) {
      cursor.announce(LENGTH + payloadLength, packet);
    }
    return cursor.skip(LENGTH, Next.IP_PROTOCOL | nextHeader);
  }

  private static void address(Cursor cursor, DecodedPacket packet) {
    byte[] buffer = cursor.buffer;
    int at = cursor.at;
    packet.ipVersion = 6;
    packet.sourceHigh = BigEndian.i64(buffer, at + 8);
    packet.sourceLow = BigEndian.i64(buffer, at + 16);
    packet.destinationHigh = BigEndian.i64(buffer, at + 24);
    packet.destinationLow = BigEndian.i64(buffer, at + 32);
    packet.identification = 0;
    packet.ttl = buffer[at + 7] & 0xFF;
  }

  /** Whether a sound IPv6 header is here, for encapsulations that do not say what they carry. */
  static boolean isLikely(Cursor cursor) {
    return cursor.has(LENGTH) && cursor.u8(0) >>> 4 == 6 && lengthFits(cursor);
  }

  /** A packet longer than its container was cut, or is no packet. */
  private static boolean lengthFits(Cursor cursor) {
    return LENGTH + cursor.u16(4) <= cursor.wireLength() || isSound(cursor);
  }

  /**
   * Whether the fields that have no checksum hold what packets have: a next header that is
   * followed, two addresses that are in use. Random bytes pass with odds of about 1 in 500.
   */
  private static boolean isSound(Cursor cursor) {
    return IpProtocol.isFollowed(cursor.u8(6))
        && isUnicast(cursor.u8(8))
        && (isUnicast(cursor.u8(24)) || cursor.u8(24) == MULTICAST);
  }

  /** First octets in use (RFC 4291): ::/8 with IPv4 inside, 2000::/3, fc00::/7, fe80::/10. */
  private static boolean isUnicast(int first) {
    return first == 0 || first >>> 5 == 1 || first >>> 1 == 0xFC >>> 1 || first == LOCAL;
  }
}
