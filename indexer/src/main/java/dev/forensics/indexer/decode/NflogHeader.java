package dev.forensics.indexer.decode;

/**
 * Linux NFLOG: a header of 4 bytes, then attributes; the packet is the attribute of type 9.
 *
 * <pre>
 *  0        1         2             4
 * +--------+---------+-------------+
 * | family | version | resource id |
 * +--------+---------+-------------+
 * | length (2) | type (2) | value, padded to 4 bytes |   length and type in the writer's order
 * </pre>
 */
final class NflogHeader {
  static final int LENGTH = 4;
  private static final int ATTRIBUTE_LENGTH = 4;
  private static final int PAYLOAD = 9;

  /** Linux knows fewer than 30 attributes. */
  private static final int MAX_ATTRIBUTES = 64;

  private NflogHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    int family = cursor.u8(0);
    if (cursor.u8(1) != 0) {
      return cursor.stop(packet, Layer.LINK, StopReason.MALFORMED);
    }
    cursor.at += LENGTH;
    for (int i = 0; i < MAX_ATTRIBUTES; i++) {
      if (!cursor.has(ATTRIBUTE_LENGTH)) {
        return cursor.missing(packet, Layer.LINK, ATTRIBUTE_LENGTH);
      }
      boolean little = isLittleEndian(cursor);
      int length = field(cursor, 0, little);
      if (length < ATTRIBUTE_LENGTH) {
        return cursor.stop(packet, Layer.LINK, StopReason.MALFORMED);
      }
      if ((field(cursor, 2, little) & 0x7FFF) == PAYLOAD) {
        return payload(family, length, cursor, packet);
      }
      cursor.at += Math.min((length + 3) & ~3, cursor.length());
    }
    return cursor.stop(packet, Layer.LINK, StopReason.TOO_DEEP);
  }

  private static int payload(int family, int length, Cursor cursor, DecodedPacket packet) {
    cursor.shorten(length);
    cursor.at += ATTRIBUTE_LENGTH;
    return switch (family) {
      // AF_INET, AF_INET6, AF_BRIDGE (payload without its Ethernet header); 0 and 1 say neither
      case 0, 1, 2, 7, 10 -> Next.IP;
      default -> cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    };
  }

  /** The order in which the type is a small number. */
  private static boolean isLittleEndian(Cursor cursor) {
    return (cursor.u8(3) & 0x3F) == 0;
  }

  private static int field(Cursor cursor, int offset, boolean little) {
    int at = cursor.at + offset;
    return little ? BigEndian.littleU16(cursor.buffer, at) : BigEndian.u16(cursor.buffer, at);
  }
}
