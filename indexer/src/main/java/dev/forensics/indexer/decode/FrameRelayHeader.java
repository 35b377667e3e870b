package dev.forensics.indexer.decode;

/**
 * Frame relay (Q.922 address of 2 to 4 bytes), with RFC 2427 encapsulation or Cisco's, which has an
 * Ethernet type right behind the address.
 *
 * <pre>
 *  0          2        3         4
 * +----------+--------+---------+-----------
 * | address  | 03     | NLPID   | ...          0x80: SNAP organization and type follow
 * +----------+--------+---------+-----------
 * </pre>
 */
final class FrameRelayHeader {
  private static final int UNNUMBERED = 0x03;
  private static final int NLPID_SNAP = 0x80;

  private FrameRelayHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    int address = addressLength(cursor);
    if (!cursor.has(address + 2)) {
      return cursor.missing(packet, Layer.LINK, address + 2);
    }
    if (cursor.u8(address) != UNNUMBERED) {
      return cursor.skip(address + 2, cursor.u16(address));
    }
    int padding = cursor.u8(address + 1) == 0 ? 1 : 0;
    cursor.at += address + 1 + padding;
    if (cursor.has(6) && cursor.u8(0) == NLPID_SNAP) {
      return cursor.skip(6, cursor.u16(4));
    }
    return LlcHeader.networkLayer(cursor, packet);
  }

  /** The lowest bit of an octet ends the address. */
  private static int addressLength(Cursor cursor) {
    int length = 2;
    while (length < 4 && cursor.has(length) && (cursor.u8(length - 1) & 1) == 0) {
      length++;
    }
    return length;
  }
}
