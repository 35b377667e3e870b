package dev.forensics.indexer.decode;

/**
 * Cisco HDLC header: address (0x0F unicast, 0x8F multicast), control, Ethernet type.
 *
 * <pre>
 *  0         1         2              4
 * +---------+---------+--------------+
 * | address | control | type         |
 * +---------+---------+--------------+
 * </pre>
 */
final class CiscoHdlcHeader {
  static final int LENGTH = 4;

  private CiscoHdlcHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    if (cursor.u16(0) == PppHeader.ADDRESS_AND_CONTROL) {
      return Next.PPP;
    }
    int type = cursor.u16(2);
    if (type < EtherType.FIRST) {
      return cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    }
    return cursor.skip(LENGTH, type);
  }
}
