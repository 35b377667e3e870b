package dev.forensics.indexer.decode;

/**
 * ERSPAN type II and III headers behind GRE (draft-foschiano-erspan, section 4). Type I has none.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-----------------------+-----+---+-+-------------------+
 * |version|        VLAN           | COS |En |T|    session id     |   version 1: type II, 8 bytes
 * +-------+-----------------------+-----+---+-+-------------------+   version 2: type III, 12 bytes
 * | type II: index                                                |
 * | type III: timestamp, then SGT, flags; the last bit (O) says   |
 * | that a platform subheader of 8 bytes follows                  |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * En 2: the frame had an 802.1Q tag that was taken off; its VLAN id stands in this header. T: the
 * frame was cut; how long it was its IP header says.
 */
final class ErspanHeader {
  static final int TYPE_II_LENGTH = 8;
  static final int TYPE_III_LENGTH = 12;
  private static final int TRUNCATED = 0x400;

  private ErspanHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(TYPE_II_LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, TYPE_II_LENGTH);
    }
    int first = cursor.i32(0);
    return switch (first >>> 28) {
      case 1 -> enter(TYPE_II_LENGTH, first, cursor, packet);
      case 2 -> type3(first, cursor, packet);
      default -> cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    };
  }

  private static int type3(int first, Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(TYPE_III_LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, TYPE_III_LENGTH);
    }
    int length = TYPE_III_LENGTH + ((cursor.u8(11) & 1) != 0 ? 8 : 0);
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.TUNNEL, length);
    }
    return enter(length, first, cursor, packet);
  }

  private static int enter(int length, int first, Cursor cursor, DecodedPacket packet) {
    boolean tagTaken = (first >>> 11 & 3) == 2;
    if (tagTaken) {
      VlanTag.record(packet, first >>> 16 & 0xFFF);
    }
    boolean isCut = (first & TRUNCATED) != 0;
    cursor.cut |= isCut;
    cursor.at += length;
    return cursor.enter(packet, Tunnel.ERSPAN, first & 0x3FF, Next.ETHERNET);
  }
}
