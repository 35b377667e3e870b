package dev.forensics.indexer.decode;

/**
 * TaZmen sniffer protocol, version 1: a frame that a MikroTik router (its sniffer's streaming, its
 * firewall's {@code sniff-tzsp}) or an access point saw. There is no RFC; values are those of
 * Wireshark's {@code packet-tzsp}.
 *
 * <pre>
 *  0         1      2              4
 * +---------+------+--------------+-----------------------------+--------
 * | version | type | encapsulated | tags: number, length, value | frame
 * +---------+------+--------------+-----------------------------+--------
 * </pre>
 *
 * Tag 0 is padding and tag 1 ends the list; both are the number alone. Tag 41 is the frame's length
 * before it was cut. Types 3 to 5 (configuration, keepalive, port opener) carry no frame: such a
 * packet belongs to the UDP flow.
 */
final class TzspHeader {
  static final int LENGTH = 4;
  private static final int VERSION = 1;

  /** 0 received, 1 for transmission, 2 reserved. */
  private static final int LAST_TYPE_WITH_FRAME = 2;

  private static final int LAST_TYPE = 5;

  private static final int PADDING = 0;
  private static final int END = 1;
  private static final int ORIGINAL_LENGTH = 41;

  private TzspHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int type = cursor.u8(1);
    if (cursor.u8(0) != VERSION || type > LAST_TYPE) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    int next = next(cursor.u16(2));
    if (type > LAST_TYPE_WITH_FRAME || next == Next.STOPPED) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.NOT_IP);
    }
    cursor.at += LENGTH;
    return passTags(cursor)
        ? cursor.enter(packet, Tunnel.TZSP, DecodedPacket.NONE, next)
        : cursor.missing(packet, Layer.TUNNEL, cursor.length() + 1);
  }

  /** What a number of an encapsulated protocol stands for; STOPPED for those not looked into. */
  private static int next(int encapsulated) {
    return switch (encapsulated) {
      case 1 -> Next.ETHERNET;
      case 4 -> Next.PPP;
      case 5 -> Next.LINK_TYPE | LinkHeader.FDDI;
      case 7 -> Next.IP;
      case 18 -> Next.LINK_TYPE | LinkHeader.IEEE802_11;
      case 119 -> Next.LINK_TYPE | LinkHeader.PRISM;
      case 126 -> Next.LINK_TYPE | LinkHeader.RADIOTAP;
      case 127 -> Next.LINK_TYPE | LinkHeader.IEEE802_11_AVS;
      default -> Next.STOPPED;
    };
  }

  /** Goes to the frame; false when the list runs over the end. Every step is a byte at least. */
  private static boolean passTags(Cursor cursor) {
    boolean isCut = false;
    while (cursor.has(1)) {
      int tag = cursor.u8(0);
      if (tag == END) {
        cursor.at++;
        cursor.cut |= isCut;
        return true;
      }
      int length = tag == PADDING ? 1 : cursor.has(2) ? 2 + cursor.u8(1) : Integer.MAX_VALUE;
      if (!cursor.has(length)) {
        return false;
      }
      isCut |= tag == ORIGINAL_LENGTH && length == 4 && cursor.u16(2) > cursor.wireLength();
      cursor.at += length;
    }
    return false;
  }
}
