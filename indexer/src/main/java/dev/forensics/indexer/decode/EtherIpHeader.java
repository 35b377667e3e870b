package dev.forensics.indexer.decode;

/** EtherIP (RFC 3378): version 3 and 12 reserved bits of 0, then an Ethernet frame. */
final class EtherIpHeader {
  static final int LENGTH = 2;

  private EtherIpHeader() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(LENGTH)) {
      return cursor.missing(packet, Layer.TUNNEL, LENGTH);
    }
    if (cursor.u16(0) != 0x3000) {
      return cursor.stop(packet, Layer.TUNNEL, StopReason.MALFORMED);
    }
    cursor.at += LENGTH;
    return cursor.enter(packet, Tunnel.ETHER_IP, DecodedPacket.NONE, Next.ETHERNET);
  }
}
