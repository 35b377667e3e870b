package dev.forensics.indexer.decode;

/**
 * Linux cooked capture headers, versions 1 (LINKTYPE 113) and 2 (276).
 *
 * <pre>
 *      0        2         4         6                     14         16
 * v1  +--------+---------+---------+---------------------+----------+
 *     | packet | ARPHRD  | address | source address      | protocol |
 *     | type   |         | length  | (8 bytes)           |          |
 *     +--------+---------+---------+---------------------+----------+
 *      0          2          4           8        10     11     12        20
 * v2  +----------+----------+-----------+--------+------+------+---------+
 *     | protocol | reserved | interface | ARPHRD | type | len  | address |
 *     +----------+----------+-----------+--------+------+------+---------+
 * </pre>
 */
final class LinuxSllHeader {
  static final int LENGTH = 16;
  static final int VERSION_2_LENGTH = 20;
  private static final int PROTOCOL_LLC = 4;
  private static final int ARPHRD_ETHER = 1;
  private static final int ARPHRD_IEEE80211 = 801;
  private static final int ARPHRD_RADIOTAP = 803;
  private static final int ARPHRD_NETLINK = 824;

  private LinuxSllHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    int hardware = cursor.u16(2);
    address(hardware, cursor.u16(4), 6, cursor, packet);
    int protocol = cursor.u16(14);
    cursor.at += LENGTH;
    return follow(hardware, protocol, cursor, packet);
  }

  static int decodeVersion2(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(VERSION_2_LENGTH)) {
      return cursor.missing(packet, Layer.LINK, VERSION_2_LENGTH);
    }
    int hardware = cursor.u16(8);
    address(hardware, cursor.u8(11), 12, cursor, packet);
    int protocol = cursor.u16(0);
    cursor.at += VERSION_2_LENGTH;
    return follow(hardware, protocol, cursor, packet);
  }

  private static void address(
      int hardware, int length, int offset, Cursor cursor, DecodedPacket packet) {
    if (hardware == ARPHRD_ETHER && length == 6) {
      packet.sourceMac = BigEndian.u48(cursor.buffer, cursor.at + offset);
    }
  }

  private static int follow(int hardware, int protocol, Cursor cursor, DecodedPacket packet) {
    return switch (hardware) {
      case ARPHRD_NETLINK -> cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
      case ARPHRD_IEEE80211 -> Next.LINK_TYPE | LinkHeader.IEEE802_11;
      case ARPHRD_RADIOTAP -> Next.LINK_TYPE | LinkHeader.RADIOTAP;
      default -> byProtocol(protocol, cursor, packet);
    };
  }

  /** Values below 0x600 are Linux's own names for frames without an Ethernet type. */
  private static int byProtocol(int protocol, Cursor cursor, DecodedPacket packet) {
    if (protocol == PROTOCOL_LLC) {
      return Next.LLC;
    }
    return protocol >= EtherType.FIRST
        ? protocol
        : cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
  }
}
