package dev.forensics.indexer.decode;

/**
 * TCP header (RFC 9293, section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          source port          |       destination port        |
 * +-------------------------------+-------------------------------+
 * |                        sequence number                        |
 * +---------------------------------------------------------------+
 * |                     acknowledgment number                     |
 * +-------+-------+---------------+-------------------------------+
 * |offset |reserv.|C E U A P R S F|            window             |
 * +-------+-------+---------------+-------------------------------+
 * |           checksum            |        urgent pointer         |
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * Options cut off by the capture do not matter: the flow is known from the first 20 bytes.
 */
final class TcpHeader {
  static final int LENGTH = 20;

  private TcpHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TCP, LENGTH);
    }
    byte[] buffer = cursor.buffer;
    int at = cursor.at;
    int offsetFlagsWindow = BigEndian.i32(buffer, at + 12);
    int headerLength = offsetFlagsWindow >>> 26 & 0x3C;
    if (headerLength < LENGTH || headerLength > cursor.wireLength()) {
      return cursor.stop(packet, Layer.TCP, StopReason.MALFORMED);
    }
    int ports = BigEndian.i32(buffer, at);
    packet.sourcePort = ports >>> 16;
    packet.destinationPort = ports & 0xFFFF;
    packet.oneWay = false;
    packet.sequence = BigEndian.i32(buffer, at + 4);
    packet.acknowledgment = BigEndian.i32(buffer, at + 8);
    packet.tcpFlags = offsetFlagsWindow >>> 16 & 0xFF;
    packet.window = offsetFlagsWindow & 0xFFFF;
    packet.transportChecksum = BigEndian.u16(buffer, at + 16);
    return IpProtocol.payload(headerLength, cursor, packet);
  }
}
