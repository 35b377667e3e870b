package dev.forensics.indexer.decode;

/**
 * Apple's PKTAP header (LINKTYPE 258; also written as LINKTYPE_USER2, 149), in the writer's byte
 * order.
 *
 * <pre>
 *  0              4              8              12
 * +--------------+--------------+--------------+-----------------------
 * | length       | type (1)     | DLT          | interface name, pid...
 * +--------------+--------------+--------------+-----------------------
 * </pre>
 */
final class PktapHeader {
  static final int LENGTH = 108;
  private static final int TYPE_PACKET = 1;
  private static final int MAX_LENGTH = 1024;

  private PktapHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(12)) {
      return cursor.missing(packet, Layer.LINK, 12);
    }
    boolean big = cursor.i32(0) >>> 16 == 0;
    int length = field(cursor, 0, big);
    if (length < LENGTH || length > MAX_LENGTH) {
      // 149 is open for private use: what is not PKTAP is another's link type
      StopReason reason =
          cursor.linkType == LinkHeader.PKTAP
              ? StopReason.MALFORMED
              : StopReason.UNSUPPORTED_LINK_TYPE;
      return cursor.stop(packet, Layer.LINK, reason);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.LINK, length);
    }
    if (field(cursor, 4, big) != TYPE_PACKET) {
      return cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    }
    return cursor.skip(length, Next.LINK_TYPE | (field(cursor, 8, big) & 0xFFFF));
  }

  private static int field(Cursor cursor, int offset, boolean big) {
    int value = cursor.i32(offset);
    return big ? value : Integer.reverseBytes(value);
  }
}
