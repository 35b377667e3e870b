package dev.forensics.indexer.decode;

/**
 * PPP protocol field (RFC 1661, section 2), behind address and control octets (RFC 1662) where they
 * are not compressed away. A protocol below 256 may be cut to one octet.
 *
 * <pre>
 *  0    1    2           4
 * +----+----+-----------+
 * | FF | 03 | protocol  |
 * +----+----+-----------+
 * </pre>
 */
final class PppHeader {
  static final int ADDRESS_AND_CONTROL = 0xFF03;
  private static final int IPV4 = 0x0021;
  private static final int IPV6 = 0x0057;
  private static final int MULTILINK = 0x003D;
  private static final int MPLS = 0x0281;
  private static final int MPLS_MULTICAST = 0x0283;
  private static final int BRIDGING = 0x0031;

  private PppHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(2)) {
      return cursor.missing(packet, Layer.PPP, 2);
    }
    if (cursor.u16(0) == ADDRESS_AND_CONTROL) {
      cursor.at += 2;
      if (!cursor.has(2)) {
        return cursor.missing(packet, Layer.PPP, 2);
      }
    } else if (cursor.u16(0) == 0x0F00 || cursor.u16(0) == 0x8F00) {
      return Next.LINK_TYPE | LinkHeader.CISCO_HDLC;
    }
    return protocolField(cursor);
  }

  private static int protocolField(Cursor cursor) {
    int first = cursor.u8(0);
    return (first & 1) == 0
        ? cursor.skip(2, Next.PPP_PROTOCOL | cursor.u16(0))
        : cursor.skip(1, Next.PPP_PROTOCOL | first);
  }

  /** Reads what a PPP protocol number announces. */
  static int follow(int protocol, Cursor cursor, DecodedPacket packet) {
    return switch (protocol) {
      case IPV4 -> EtherType.IPV4;
      case IPV6 -> EtherType.IPV6;
      case MPLS, MPLS_MULTICAST -> EtherType.MPLS;
      case MULTILINK -> multilink(cursor, packet);
      case BRIDGING -> bridged(cursor, packet);
      default -> cursor.stop(packet, Layer.PPP, StopReason.NOT_IP);
    };
  }

  /** RFC 1990 with long sequence numbers; only a packet that is a whole one is followed. */
  private static int multilink(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(6)) {
      return cursor.missing(packet, Layer.PPP, 6);
    }
    boolean whole = (cursor.u8(0) & 0xC0) == 0xC0;
    if (!whole) {
      return cursor.stop(packet, Layer.PPP, StopReason.NOT_IP);
    }
    cursor.at += 4;
    return protocolField(cursor);
  }

  /** RFC 3518: flags and MAC type, 1 being Ethernet, before the frame. */
  private static int bridged(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(2)) {
      return cursor.missing(packet, Layer.PPP, 2);
    }
    return cursor.u8(1) == 1
        ? cursor.skip(2, Next.ETHERNET)
        : cursor.stop(packet, Layer.PPP, StopReason.NOT_IP);
  }
}
