package dev.forensics.indexer.decode;

/**
 * GRE version 0 (RFC 2784, RFC 2890, routing of RFC 1701), NVGRE (RFC 7637) and version 1 of PPTP
 * (RFC 2637, section 4.1).
 *
 * <pre>
 *  0               2                 4             8       12
 * +-+-+-+-+---+---+-----------------+-------------+-------+----------+
 * |C|R|K|S|...|ver| protocol type   | checksum,   | key   | sequence |   version 0
 * +-+-+-+-+---+---+-----------------+ offset      +-------+----------+
 *                                    if C or R     if K    if S
 *  0               2                 4             6       8          12
 * +-+-+-+-+---+---+-----------------+-------------+-------+----------+-----+
 * |0|0|1|S|..A|  1| 880B            | length      | call  | sequence | ack |   version 1
 * +-+-+-+-+---+---+-----------------+-------------+-------+----------+-----+
 * </pre>
 */
final class GreHeader {
  static final int LENGTH = 4;
  private static final int CHECKSUM = 0x8000;
  private static final int ROUTING = 0x4000;
  private static final int KEY = 0x2000;
  private static final int SEQUENCE = 0x1000;
  private static final int ACKNOWLEDGMENT = 0x0080;
  private static final int MAX_ROUTES = 16;

  private GreHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int flags = cursor.u16(0);
    return switch (flags & 7) {
      case 0 -> version0(flags, cursor, packet);
      case 1 -> version1(flags, cursor, packet);
      default -> cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    };
  }

  private static int version0(int flags, Cursor cursor, DecodedPacket packet) {
    int type = cursor.u16(2);
    int key = LENGTH + ((flags & (CHECKSUM | ROUTING)) != 0 ? 4 : 0);
    int length = key + ((flags & KEY) != 0 ? 4 : 0) + ((flags & SEQUENCE) != 0 ? 4 : 0);
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.TUNNEL, length);
    }
    long id = (flags & KEY) != 0 ? cursor.i32(key) & 0xFFFFFFFFL : DecodedPacket.NONE;
    cursor.at += length;
    if ((flags & ROUTING) != 0 && !skipRoutes(cursor)) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    return follow(flags, type, id, cursor, packet);
  }

  /** Source route entries: family (2), offset, length, then that many bytes; length 0 ends them. */
  private static boolean skipRoutes(Cursor cursor) {
    for (int i = 0; i < MAX_ROUTES && cursor.has(4); i++) {
      int length = cursor.u8(3);
      if (!cursor.has(4 + length)) {
        return false;
      }
      cursor.at += 4 + length;
      if (length == 0) {
        return true;
      }
    }
    return false;
  }

  private static int follow(int flags, int type, long id, Cursor cursor, DecodedPacket packet) {
    boolean virtualSubnet = (flags & (CHECKSUM | KEY | SEQUENCE)) == KEY;
    return switch (type) {
      case EtherType.TRANSPARENT_ETHERNET ->
          virtualSubnet
              ? cursor.enter(packet, Tunnel.NVGRE, id >>> 8, Next.ETHERNET)
              : cursor.enter(packet, Tunnel.GRE, id, Next.ETHERNET);
      case EtherType.ERSPAN_II ->
          (flags & SEQUENCE) != 0
              ? ErspanHeader.decode(cursor, packet)
              : cursor.enter(packet, Tunnel.ERSPAN, DecodedPacket.NONE, Next.ETHERNET);
      case EtherType.ERSPAN_III -> ErspanHeader.decode(cursor, packet);
      case EtherType.WCCP -> cursor.enter(packet, Tunnel.GRE, id, redirected(cursor));
      default ->
          type < EtherType.FIRST
              ? cursor.stop(packet, Layer.TUNNEL, StopReason.NOT_IP)
              : cursor.enter(packet, Tunnel.GRE, id, type);
    };
  }

  /** WCCP version 2 puts 4 bytes before the IPv4 packet, version 1 none. */
  private static int redirected(Cursor cursor) {
    boolean version2 = cursor.has(5) && cursor.u8(0) >>> 4 != 4;
    return cursor.skip(version2 ? 4 : 0, EtherType.IPV4);
  }

  private static int version1(int flags, Cursor cursor, DecodedPacket packet) {
    int length = 8 + ((flags & SEQUENCE) != 0 ? 4 : 0) + ((flags & ACKNOWLEDGMENT) != 0 ? 4 : 0);
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.TUNNEL, length);
    }
    if ((flags & KEY) == 0 || cursor.u16(2) != EtherType.PPP) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    int payloadLength = cursor.u16(4);
    int call = cursor.u16(6);
    cursor.at += length;
    // an acknowledgment alone carries nothing
    if (payloadLength == 0) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.NOT_IP);
    }
    cursor.shorten(payloadLength);
    return cursor.enter(packet, Tunnel.GRE, call, Next.PPP);
  }
}
