package dev.forensics.indexer.decode;

/**
 * L2TP version 2 (RFC 2661, section 3.1) over UDP with PPP inside, and version 3 (RFC 3931, section
 * 4.1) over UDP or IP with a frame inside.
 *
 * <pre>
 *  0                   2          4           6            8       12
 * +-+-+--+-+--+-+-+---+----------+-----------+------------+-------+--------+
 * |T|L|00|S|0|O|P| ver| length   | tunnel id | session id | Ns Nr | offset |   version 2
 * +-+-+--+-+--+-+-+---+----------+-----------+------------+-------+--------+
 *                      if L                                if S    if O
 *  0                   2          4           8
 * +-+-----------------+----------+-----------+--------------------------+
 * |T|  0         |ver | reserved | session id| cookie (0, 4 or 8 bytes) |   version 3
 * +-+-----------------+----------+-----------+--------------------------+
 *  only over UDP
 * </pre>
 */
final class L2tpHeader {
  static final int LENGTH = 6;
  static final int VERSION_3_LENGTH = 8;
  private static final int CONTROL = 0x8000;
  private static final int HAS_LENGTH = 0x4000;
  private static final int HAS_SEQUENCE = 0x0800;
  private static final int HAS_OFFSET = 0x0200;
  private static final int RESERVED = 0x34F0;

  private L2tpHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int flags = cursor.u16(0);
    if ((flags & RESERVED) != 0) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    if ((flags & CONTROL) != 0) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.NOT_IP);
    }
    return switch (flags & 0xF) {
      case 2 -> version2(flags, cursor, packet);
      case 3 -> version3(cursor, packet);
      default -> cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    };
  }

  private static int version2(int flags, Cursor cursor, DecodedPacket packet) {
    int ids = (flags & HAS_LENGTH) != 0 ? 4 : 2;
    int offset = ids + 4 + ((flags & HAS_SEQUENCE) != 0 ? 4 : 0);
    int length = offset + ((flags & HAS_OFFSET) != 0 ? 2 : 0);
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.TUNNEL, length);
    }
    if (length != offset) {
      length += cursor.u16(offset);
    }
    if (!cursor.has(length)) {
      return cursor.missing(packet, Layer.TUNNEL, length);
    }
    if (ids == 4) {
      cursor.shorten(cursor.u16(2));
    }
    int session = cursor.u16(ids + 2);
    cursor.at += length;
    return cursor.enter(packet, Tunnel.L2TP, session, Next.PPP);
  }

  private static int version3(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(VERSION_3_LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, VERSION_3_LENGTH);
    }
    cursor.at += 4;
    return session(cursor, packet);
  }

  /** IP protocol 115: the session id comes first, 0 for control messages. */
  static int decodeOverIp(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(4)) {
      return cursor.missing(packet, Layer.TUNNEL, 4);
    }
    return session(cursor, packet);
  }

  /** Cookie and sublayer were agreed on elsewhere: the frame is where an Ethernet header is. */
  private static int session(Cursor cursor, DecodedPacket packet) {
    long session = cursor.i32(0) & 0xFFFFFFFFL;
    if (session != 0) {
      for (int skipped = 4; skipped <= 16; skipped += 4) {
        if (EthernetHeader.isLikely(cursor, skipped)) {
          cursor.at += skipped;
          return cursor.enter(packet, Tunnel.L2TP, session, Next.ETHERNET);
        }
      }
    }
    return cursor.stop(packet, Layer.TUNNEL, StopReason.NOT_IP);
  }
}
