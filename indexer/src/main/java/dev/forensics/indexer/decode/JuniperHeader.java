package dev.forensics.indexer.decode;

/**
 * Juniper's pseudo header of LINKTYPE_JUNIPER_ETHER: magic 4D4743, flags, extensions behind a
 * length of 2 bytes when flag 0x80 is set. Flag 0x02: no Ethernet header, a protocol family of 4
 * bytes instead.
 */
final class JuniperHeader {
  private static final int MAGIC = 0x4D4743;

  private JuniperHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(6)) {
      return cursor.missing(packet, Layer.LINK, 6);
    }
    if (cursor.i32(0) >>> 8 != MAGIC) {
      return cursor.stop(packet, Layer.LINK, StopReason.MALFORMED);
    }
    int flags = cursor.u8(3);
    int length = (flags & 0x80) == 0 ? 4 : 6 + cursor.u16(4);
    boolean bare = (flags & 0x02) != 0;
    length += bare ? 4 : 0;
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.LINK, length);
    }
    return cursor.skip(length, bare ? Next.IP : Next.ETHERNET);
  }
}
