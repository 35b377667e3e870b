package dev.forensics.indexer.decode;

import java.util.Arrays;

/**
 * ICMP (RFC 792) and ICMPv6 (RFC 4443) header. Type and code stand in for ports, as Zeek and
 * Community ID v1 have it: a message with a counterpart (echo and its reply) has the counterpart's
 * type as its other port, so that both directions are one flow; any other message has its code
 * there and is one-way. A packet quoted inside an error message is payload.
 *
 * <pre>
 *  0      1      2          4                 8
 * +------+------+----------+-----------------+--------
 * | type | code | checksum | rest of header  | payload
 * +------+------+----------+-----------------+--------
 * </pre>
 */
final class IcmpHeader {
  /** Bytes that decoding needs. */
  static final int LENGTH = 4;

  private static final int WHOLE_LENGTH = 8;
  private static final byte NO_COUNTERPART = -1;

  private static final byte[] V4_COUNTERPARTS =
      counterparts(new int[][] {{8, 0}, {13, 14}, {15, 16}, {10, 9}, {17, 18}});

  /** Echo, router, neighbour, multicast listener, who-are-you, home agent discovery. */
  private static final byte[] V6_COUNTERPARTS =
      counterparts(
          new int[][] {{128, 129}, {133, 134}, {135, 136}, {130, 131}, {139, 140}, {144, 145}});

  private IcmpHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.ICMP, LENGTH);
    }
    byte[] counterparts = packet.protocol == IpProtocol.ICMP ? V4_COUNTERPARTS : V6_COUNTERPARTS;
    int type = cursor.u8(0);
    byte counterpart = counterparts[type];
    packet.oneWay = counterpart == NO_COUNTERPART;
    packet.sourcePort = type;
    packet.destinationPort = packet.oneWay ? cursor.u8(1) : counterpart & 0xFF;
    packet.transportChecksum = cursor.u16(2);
    return IpProtocol.payload(WHOLE_LENGTH, cursor, packet);
  }

  private static byte[] counterparts(int[][] pairs) {
    byte[] table = new byte[256];
    Arrays.fill(table, NO_COUNTERPART);
    for (int[] pair : pairs) {
      table[pair[0]] = (byte) pair[1];
      table[pair[1]] = (byte) pair[0];
    }
    return table;
  }
}
