package dev.forensics.indexer.decode;

/**
 * Radiotap header (radiotap.org), little-endian. Only the flags field is read: it says whether the
 * 802.11 header is padded to 4 bytes.
 *
 * <pre>
 *  0         1     2          4             8
 * +---------+-----+----------+-------------+---------------------------
 * | version | pad | length   | present     | more present words, fields
 * +---------+-----+----------+-------------+---------------------------
 * </pre>
 */
final class RadiotapHeader {
  static final int LENGTH = 8;
  private static final int PRESENT_TSFT = 1;
  private static final int PRESENT_FLAGS = 2;
  private static final int PRESENT_MORE = 1 << 31;
  private static final int FLAG_DATA_PAD = 0x20;

  private RadiotapHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    int length = BigEndian.littleU16(cursor.buffer, cursor.at + 2);
    if (cursor.u8(0) != 0 || length < LENGTH) {
      return cursor.stop(packet, Layer.LINK, StopReason.MALFORMED);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.LINK, length);
    }
    boolean padded = (flags(cursor, length) & FLAG_DATA_PAD) != 0;
    cursor.at += length;
    return Ieee80211Header.decode(cursor, packet, padded);
  }

  private static int flags(Cursor cursor, int length) {
    int present = BigEndian.littleI32(cursor.buffer, cursor.at + 4);
    if ((present & PRESENT_FLAGS) == 0) {
      return 0;
    }
    int offset = 8;
    int word = present;
    while ((word & PRESENT_MORE) != 0 && offset + 4 <= length) {
      word = BigEndian.littleI32(cursor.buffer, cursor.at + offset);
      offset += 4;
    }
    if ((present & PRESENT_TSFT) != 0) {
      offset = ((offset + 7) & ~7) + 8;
    }
    return offset < length ? cursor.u8(offset) : 0;
  }
}
