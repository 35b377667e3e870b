package dev.forensics.indexer.decode;

/**
 * IEEE 802.2 LLC, and SNAP behind it (RFC 1042).
 *
 * <pre>
 *  0      1      2      3                    6             8
 * +------+------+------+--------------------+-------------+
 * | DSAP | SSAP | ctl  | organization       | type        |
 * +------+------+------+--------------------+-------------+
 *   AA     AA     03     000000               Ethernet type   SNAP
 *   06     06     03                                          IP itself
 *   FE     FE     03     NLPID (1 byte)                       RFC 2427
 * </pre>
 */
final class LlcHeader {
  static final int LENGTH = 3;
  static final int SNAP_LENGTH = 8;
  private static final int NLPID_IPV4 = 0xCC;
  private static final int NLPID_IPV6 = 0x8E;

  /** Organization code of IEEE 802.1, used for bridged frames by RFC 2684. */
  private static final int BRIDGED = 0x0080C2;

  private LlcHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    int header = cursor.u16(0) << 8 | cursor.u8(2);
    return switch (header) {
      case 0xAAAA03 -> snap(cursor, packet);
      case 0x060603 -> cursor.skip(LENGTH, Next.IP);
      case 0xFEFE03 -> behindLlc(cursor, packet);
      default -> cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    };
  }

  private static int snap(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(SNAP_LENGTH)) {
      return cursor.missing(packet, Layer.LINK, SNAP_LENGTH);
    }
    int organization = cursor.u8(3) << 16 | cursor.u16(4);
    int type = cursor.u16(6);
    if (organization == BRIDGED && (type == 1 || type == 7)) {
      return bridged(cursor);
    }
    // other organizations' frames (CDP, VTP, AppleTalk) carry no flow
    if ((organization != 0 && organization != 0x0000F8) || type < EtherType.FIRST) {
      return cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    }
    return cursor.skip(SNAP_LENGTH, type);
  }

  /** A bridged Ethernet frame: over ATM two bytes of padding stand before it (RFC 2684, 5.2). */
  private static int bridged(Cursor cursor) {
    boolean padded = !EthernetHeader.isLikely(cursor, SNAP_LENGTH);
    return cursor.skip(padded ? SNAP_LENGTH + 2 : SNAP_LENGTH, Next.ETHERNET);
  }

  private static int behindLlc(Cursor cursor, DecodedPacket packet) {
    cursor.at += LENGTH;
    return networkLayer(cursor, packet);
  }

  /** Reads an NLPID octet (ISO/IEC TR 9577) at the cursor. */
  static int networkLayer(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(1)) {
      return cursor.missing(packet, Layer.LINK, 1);
    }
    return switch (cursor.u8(0)) {
      case NLPID_IPV4 -> cursor.skip(1, EtherType.IPV4);
      case NLPID_IPV6 -> cursor.skip(1, EtherType.IPV6);
      default -> cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    };
  }
}
