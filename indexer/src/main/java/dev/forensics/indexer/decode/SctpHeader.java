package dev.forensics.indexer.decode;

/**
 * SCTP common header (RFC 9260, section 3.1).
 *
 * <pre>
 *  0             2                  4                  8          12
 * +-------------+------------------+------------------+----------+
 * | source port | destination port | verification tag | checksum |
 * +-------------+------------------+------------------+----------+
 * </pre>
 */
final class SctpHeader {
  static final int LENGTH = 12;

  private SctpHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.SCTP, LENGTH);
    }
    packet.sourcePort = cursor.u16(0);
    packet.destinationPort = cursor.u16(2);
    packet.oneWay = false;
    packet.transportChecksum = cursor.i32(8);
    return IpProtocol.payload(LENGTH, cursor, packet);
  }
}
