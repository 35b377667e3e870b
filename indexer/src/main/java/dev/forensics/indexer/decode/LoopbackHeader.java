package dev.forensics.indexer.decode;

/**
 * BSD loopback header: an address family of 4 bytes, in the capturing machine's byte order
 * (LINKTYPE_NULL) or in network byte order (LINKTYPE_LOOP). Either order is taken for both, since
 * the families are small numbers and writers err.
 */
final class LoopbackHeader {
  static final int LENGTH = 4;
  private static final int AF_INET = 2;

  private LoopbackHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.LINK, LENGTH);
    }
    int family = cursor.i32(0);
    if (family >>> 16 != 0) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case AF_INET -> cursor.skip(LENGTH, EtherType.IPV4);
      // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS
      case 10, 24, 28, 30 -> cursor.skip(LENGTH, EtherType.IPV6);
      default -> cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
    };
  }
}
