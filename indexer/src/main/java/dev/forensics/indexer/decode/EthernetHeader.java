package dev.forensics.indexer.decode;

/**
 * Ethernet II and IEEE 802.3 header.
 *
 * <pre>
 *  0                   6                  12      14
 * +-------------------+-------------------+-------+
 * | destination MAC   | source MAC        | type  |  type below 0x600: length, LLC follows
 * +-------------------+-------------------+-------+
 * </pre>
 */
final class EthernetHeader {
  static final int LENGTH = 14;
  private static final int TYPE_OFFSET = 12;

  private EthernetHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    if (packet.sourceMac == DecodedPacket.NONE) {
      packet.destinationMac = BigEndian.u48(cursor.buffer, cursor.at);
      packet.sourceMac = BigEndian.u48(cursor.buffer, cursor.at + 6);
    }
    return cursor.skip(LENGTH, cursor.u16(TYPE_OFFSET));
  }

  /**
   * Whether an Ethernet header is likely here: its type is one that fits the bytes behind it. For
   * encapsulations that do not say what they carry.
   *
   * @param offset from the cursor, in bytes
   */
  static boolean isLikely(Cursor cursor, int offset) {
    if (!cursor.has(offset + LENGTH + 4)) {
      return false;
    }
    int type = cursor.u16(offset + TYPE_OFFSET);
    int behind = offset + LENGTH;
    if (EtherType.isVlan(type)) {
      type = cursor.u16(behind + 2);
      behind += 4;
      return EtherType.isVlan(type) || fits(cursor, type, behind);
    }
    return fits(cursor, type, behind);
  }

  private static boolean fits(Cursor cursor, int type, int behind) {
    if (!cursor.has(behind + 2)) {
      return false;
    }
    int first = cursor.u16(behind);
    return switch (type) {
      case EtherType.IPV4 -> first >>> 12 == 4 && (first >>> 8 & 0xF) >= 5;
      case EtherType.IPV6 -> first >>> 12 == 6;
      case EtherType.ARP -> first == 1;
      case EtherType.PPPOE_SESSION -> first == 0x1100;
      case EtherType.MPLS, 0x88CC, 0x8863 -> true;
      default -> type <= 1500 && (first == 0xAAAA || first == 0x4242 || first == 0xFEFE);
    };
  }
}
