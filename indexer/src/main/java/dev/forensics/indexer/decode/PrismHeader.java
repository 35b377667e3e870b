package dev.forensics.indexer.decode;

/**
 * Prism and AVS capture headers before an 802.11 frame. AVS begins with 0x80211 and a version in
 * network byte order, and then says its length; Prism's is always 144 bytes.
 */
final class PrismHeader {
  static final int PRISM_LENGTH = 144;
  private static final int AVS_MAGIC = 0x80211000;

  private PrismHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(8)) {
      return cursor.missing(packet, Layer.LINK, 8);
    }
    boolean avs = (cursor.i32(0) & 0xFFFFF000) == AVS_MAGIC;
    int length = avs ? cursor.i32(4) : PRISM_LENGTH;
    if (length < 8 || length > 1024) {
      return cursor.stop(packet, Layer.LINK, StopReason.MALFORMED);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.LINK, length);
    }
    cursor.at += length;
    return Ieee80211Header.decode(cursor, packet, false);
  }
}
