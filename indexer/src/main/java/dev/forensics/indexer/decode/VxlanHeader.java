package dev.forensics.indexer.decode;

/**
 * VXLAN header (RFC 7348, section 5) with the group policy extension, and VXLAN-GPE
 * (draft-ietf-nvo3-vxlan-gpe), which names what it carries.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-----------------------------------------------+
 * |G R R R I P B O|  reserved, group policy (16), next protocol   |
 * +---------------+-----------------------------------------------+
 * |                      VNI                      |   reserved    |
 * +-----------------------------------------------+---------------+
 * </pre>
 */
final class VxlanHeader {
  static final int LENGTH = 8;
  private static final int VNI_VALID = 0x08;
  private static final int GROUP_POLICY = 0x80;
  private static final int NEXT_PROTOCOL = 0x04;

  private VxlanHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int flags = cursor.u8(0);
    boolean plain = flags == VNI_VALID && cursor.i32(0) << 8 == 0;
    boolean grouped = flags == (VNI_VALID | GROUP_POLICY);
    if ((!plain && !grouped) || cursor.u8(7) != 0) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    return enter(Next.ETHERNET, cursor, packet);
  }

  static int decodeGpe(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    int flags = cursor.u8(0);
    boolean valid = (flags & 0xF2) == 0 && (flags & VNI_VALID) != 0 && cursor.u16(1) == 0;
    if (!valid || cursor.u8(7) != 0) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    if ((flags & NEXT_PROTOCOL) == 0) {
      return enter(Next.ETHERNET, cursor, packet);
    }
    int nextProtocol = cursor.u8(3);
    int next = enter(0, cursor, packet);
    return next == 0 ? NshHeader.follow(nextProtocol, cursor, packet) : next;
  }

  private static int enter(int next, Cursor cursor, DecodedPacket packet) {
    int vni = cursor.i32(4) >>> 8;
    cursor.at += LENGTH;
    return cursor.enter(packet, Tunnel.VXLAN, vni, next);
  }
}
