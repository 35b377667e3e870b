package dev.forensics.indexer.decode;

/**
 * IPv4 header (RFC 791, section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |  4    |  IHL  |type of service|         total length          |
 * +-------+-------+---------------+-----+-------------------------+
 * |        identification         |flags|    fragment offset      |
 * +---------------+---------------+-----+-------------------------+
 * | time to live  |   protocol    |        header checksum        |
 * +---------------+---------------+-------------------------------+
 * |                        source address                         |
 * +---------------------------------------------------------------+
 * |                      destination address                      |
 * +---------------------------------------------------------------+
 * |                    options, 0 to 40 bytes                     |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * The checksum is not verified, since captures taken before checksum offload hold wrong ones; but
 * for a packet in a tunnel that says it is longer than the tunnel's payload. Such a packet was cut
 * by a mirror when its checksum is right, and is no packet otherwise.
 */
final class Ipv4Header {
  static final int LENGTH = 20;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET = 0x1FFF;
  private static final int CHECKSUM_OFFSET = 10;

  private Ipv4Header() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.IPV4, LENGTH);
    }
    int first = cursor.i32(0);
    int headerLength = first >>> 22 & 0x3C;
    int totalLength = first & 0xFFFF;
    if (first >>> 28 != 4 || headerLength < LENGTH || !lengthFits(first, cursor, packet)) {
      return cursor.stop(packet, Layer.IPV4, StopReason.MALFORMED);
    }
    // 0: segmentation offload, the packet is as long as the frame
    if (totalLength != 0) {
      cursor.announce(totalLength, packet);
    }
    if (!cursor.has(headerLength)) {
      return cursor.missing(packet, Layer.IPV4, headerLength);
    }
    address(cursor, packet);
    return next(headerLength, cursor, packet);
  }

  /** Inside a tunnel a packet longer than its container was cut, or is no packet. */
  private static boolean lengthFits(int first, Cursor cursor, DecodedPacket packet) {
    int totalLength = first & 0xFFFF;
    int headerLength = first >>> 22 & 0x3C;
    return totalLength == 0
        || (totalLength >= headerLength
            && (packet.tunnelDepth == 0
                || totalLength <= cursor.wireLength()
                || isSound(headerLength, cursor)));
  }

  /**
   * Whether the checksum (RFC 1071) proves a header, which random bytes pass with odds of 1 in
   * 32,768; 0 stands for one that the sending network card was left to fill in.
   */
  private static boolean isSound(int headerLength, Cursor cursor) {
    if (!cursor.has(headerLength)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < headerLength; i += 2) {
      sum += cursor.u16(i);
    }
    sum = (sum & 0xFFFF) + (sum >>> 16);
    sum = (sum & 0xFFFF) + (sum >>> 16);
    return sum == 0xFFFF || cursor.u16(CHECKSUM_OFFSET) == 0;
  }

  private static void address(Cursor cursor, DecodedPacket packet) {
    byte[] buffer = cursor.buffer;
    int at = cursor.at;
    packet.ipVersion = 4;
    if ((packet.sourceHigh | packet.destinationHigh) != 0) { // an IPv6 packet is around it
      packet.sourceHigh = 0;
      packet.destinationHigh = 0;
    }
    packet.sourceLow = BigEndian.u32(buffer, at + 12);
    packet.destinationLow = BigEndian.u32(buffer, at + 16);
    packet.identification = BigEndian.u16(buffer, at + 4);
    packet.ttl = buffer[at + 8] & 0xFF;
  }

  private static int next(int headerLength, Cursor cursor, DecodedPacket packet) {
    int protocol = cursor.u8(9);
    int fragment = cursor.u16(6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
    cursor.at += headerLength;
    if (fragment == 0) {
      return Next.IP_PROTOCOL | protocol;
    }
    cursor.fragmentOffset = (fragment & FRAGMENT_OFFSET) * 8;
    cursor.moreFragments = (fragment & MORE_FRAGMENTS) != 0;
    cursor.fragmentId = packet.identification;
    cursor.fragmentProtocol = protocol;
    return Next.FRAGMENT;
  }

  /** Whether a sound IPv4 header is here, for encapsulations that do not say what they carry. */
  static boolean isLikely(Cursor cursor) {
    if (!cursor.has(LENGTH) || cursor.u8(0) >>> 4 != 4) {
      return false;
    }
    int headerLength = (cursor.u8(0) & 0xF) * 4;
    int totalLength = cursor.u16(2);
    return headerLength >= LENGTH
        && totalLength >= headerLength
        && (totalLength <= cursor.wireLength() || isSound(headerLength, cursor));
  }

  /** Reads an IP packet of either version. */
  static int decodeByVersion(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(1)) {
      return cursor.missing(packet, Layer.IPV4, 1);
    }
    return switch (cursor.u8(0) >>> 4) {
      case 4 -> decode(cursor, packet);
      case 6 -> Ipv6Header.decode(cursor, packet);
      default -> cursor.stop(packet, Layer.IPV4, StopReason.MALFORMED);
    };
  }
}
