package dev.forensics.indexer.decode;

/**
 * MPLS label stack (RFC 3032). Nothing says what follows the bottom entry; the first nibble and the
 * bytes behind it decide.
 *
 * <pre>
 *  0                                          4
 * +----------------------+-----+-+-----------+
 * | label (20 bits)      | exp |S| TTL       |   S: bottom of the stack
 * +----------------------+-----+-+-----------+
 *   4....  IPv4       6....  IPv6
 *   0....  pseudowire control word (RFC 4385), an Ethernet frame behind it
 *   1....  associated channel: no flow
 *   else   Ethernet frame without control word (RFC 4448)
 * </pre>
 */
final class MplsStack {
  static final int ENTRY_LENGTH = 4;
  private static final int MAX_ENTRIES = 16;

  private MplsStack() {}

  static int decode(Cursor cursor, DecodedPacket packet) {
    for (int i = 0; i < MAX_ENTRIES; i++) {
      if (!cursor.has(ENTRY_LENGTH)) {
        return cursor.missing(packet, Layer.MPLS, ENTRY_LENGTH);
      }
      int entry = cursor.i32(0);
      cursor.at += ENTRY_LENGTH;
      if ((entry & 0x100) != 0) {
        return payload(entry >>> 12, cursor, packet);
      }
    }
    return cursor.stop(packet, Layer.MPLS, StopReason.TOO_DEEP);
  }

  private static int payload(int label, Cursor cursor, DecodedPacket packet) {
    if (!cursor.has(1)) {
      return cursor.missing(packet, Layer.MPLS, 1);
    }
    int nibble = cursor.u8(0) >>> 4;
    if (nibble == 4 || nibble == 6) {
      return ipOrFrame(nibble, label, cursor, packet);
    }
    if (!cursor.has(EthernetHeader.LENGTH)) {
      return cursor.missing(packet, Layer.MPLS, EthernetHeader.LENGTH);
    }
    if (nibble == 0 && EthernetHeader.isLikely(cursor, 4)) {
      cursor.at += 4;
      return cursor.enter(packet, Tunnel.MPLS_PSEUDOWIRE, label, Next.ETHERNET);
    }
    if (EthernetHeader.isLikely(cursor, 0)) {
      return cursor.enter(packet, Tunnel.MPLS_PSEUDOWIRE, label, Next.ETHERNET);
    }
    return cursor.stop(packet, Layer.MPLS, StopReason.NOT_IP);
  }

  /** A destination MAC may begin with 4 or 6 as well. */
  private static int ipOrFrame(int nibble, int label, Cursor cursor, DecodedPacket packet) {
    boolean ip = nibble == 4 ? Ipv4Header.isLikely(cursor) : Ipv6Header.isLikely(cursor);
    if (!ip && EthernetHeader.isLikely(cursor, 0)) {
      return cursor.enter(packet, Tunnel.MPLS_PSEUDOWIRE, label, Next.ETHERNET);
    }
    return nibble == 4 ? EtherType.IPV4 : EtherType.IPV6;
  }
}
