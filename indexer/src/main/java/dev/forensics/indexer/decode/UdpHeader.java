package dev.forensics.indexer.decode;

/**
 * UDP header (RFC 768).
 *
 * <pre>
 *  0                 2                  4          6          8
 * +-----------------+------------------+----------+----------+
 * | source port     | destination port | length   | checksum |
 * +-----------------+------------------+----------+----------+
 * </pre>
 *
 * Length 0 (segmentation offload, jumbograms) means all that the IP packet has; a length past the
 * IP packet's end is taken as its end.
 */
final class UdpHeader {
  static final int LENGTH = 8;

  private UdpHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.UDP, LENGTH);
    }
    int length = cursor.u16(4);
    if (length != 0 && length < LENGTH) {
      return cursor.stop(packet, Layer.UDP, StopReason.MALFORMED);
    }
    if (length != 0) {
      cursor.shorten(length);
    }
    packet.sourcePort = cursor.u16(0);
    packet.destinationPort = cursor.u16(2);
    packet.oneWay = false;
    packet.transportChecksum = cursor.u16(6);
    IpProtocol.payload(LENGTH, cursor, packet);
    return UdpTunnels.decode(cursor, packet);
  }
}
