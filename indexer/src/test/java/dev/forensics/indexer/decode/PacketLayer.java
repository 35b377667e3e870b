package dev.forensics.indexer.decode;

import java.nio.ByteBuffer;

/** One header of a packet that {@link PacketBuilder} puts together. */
final class PacketLayer {
  /** Fills the fields that depend on what is around the header, once all headers stand. */
  interface Finish {
    /**
     * Fills the fields in place.
     *
     * @param frame the whole packet, everything inside this header already finished
     * @param at offset of this header in the frame
     * @param end offset just past the last byte that belongs to this header's content
     */
    void apply(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner);
  }

  /** Number of this layer where an Ethernet type names it. */
  final int etherType;

  /** Number of this layer where an IP protocol names it. */
  final int ipProtocol;

  final byte[] header;
  final Finish finish;

  /** Offset in the frame, set by {@link PacketBuilder#build}. */
  int at;

  PacketLayer(int etherType, int ipProtocol, byte[] header, Finish finish) {
    this.etherType = etherType;
    this.ipProtocol = ipProtocol;
    this.header = header;
    this.finish = finish;
  }

  static int etherTypeOf(PacketLayer layer) {
    return layer == null ? 0x88B5 : layer.etherType;
  }

  static int ipProtocolOf(PacketLayer layer) {
    return layer == null ? 59 : layer.ipProtocol;
  }

  /** Number of this layer where PPP names it (RFC 1661, section 2). */
  static int pppProtocolOf(PacketLayer layer) {
    return switch (etherTypeOf(layer)) {
      case 0x0800 -> 0x0021;
      case 0x86DD -> 0x0057;
      case 0x8847 -> 0x0281;
      default -> 0xC021;
    };
  }

  static void ethernet(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 12, (short) etherTypeOf(inner));
  }

  static void vlan(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 2, (short) etherTypeOf(inner));
  }

  static void mpls(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    boolean bottom = inner == null || inner.etherType != 0x8847;
    frame.put(at + 2, (byte) ((frame.get(at + 2) & 0xFE) | (bottom ? 1 : 0)));
  }

  static void pppoe(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 4, (short) (end - at - 6));
    frame.putShort(at + 6, (short) pppProtocolOf(inner));
  }

  static void gre(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 2, (short) etherTypeOf(inner));
  }

  static void ipv4(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 2, (short) (end - at));
    frame.put(at + 9, (byte) ipProtocolOf(inner));
    int length = (frame.get(at) & 0xF) * 4;
    frame.putShort(at + 10, (short) 0);
    frame.putShort(at + 10, (short) fold(sum(frame, at, at + length)));
  }

  static void ipv6(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 4, (short) (end - at - 40));
    frame.put(at + 6, (byte) ipProtocolOf(inner));
  }

  static void tcp(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    transportChecksum(frame, at, end, 16, outer, 6);
  }

  static void udp(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 4, (short) (end - at));
    transportChecksum(frame, at, end, 6, outer, 17);
  }

  static void icmpV4(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    frame.putShort(at + 2, (short) 0);
    frame.putShort(at + 2, (short) fold(sum(frame, at, end)));
  }

  static void icmpV6(ByteBuffer frame, int at, int end, PacketLayer outer, PacketLayer inner) {
    transportChecksum(frame, at, end, 2, outer, 58);
  }

  private static void transportChecksum(
      ByteBuffer frame, int at, int end, int field, PacketLayer outer, int protocol) {
    frame.putShort(at + field, (short) 0);
    long pseudo = (long) protocol + (end - at);
    if (outer != null && outer.etherType == 0x0800) {
      pseudo += sum(frame, outer.at + 12, outer.at + 20);
    } else if (outer != null && outer.etherType == 0x86DD) {
      pseudo += sum(frame, outer.at + 8, outer.at + 40);
    }
    int checksum = fold(pseudo + sum(frame, at, end));
    frame.putShort(at + field, (short) (checksum == 0 ? 0xFFFF : checksum));
  }

  private static long sum(ByteBuffer frame, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      int octet = frame.get(i) & 0xFF;
      sum += (i - from) % 2 == 0 ? octet << 8 : octet;
    }
    return sum;
  }

  /** The Internet checksum of RFC 1071. */
  private static int fold(long sum) {
    long folded = sum;
    while (folded > 0xFFFF) {
      folded = (folded & 0xFFFF) + (folded >> 16);
    }
    return (int) ~folded & 0xFFFF;
  }
}
