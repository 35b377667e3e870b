package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import dev.forensics.indexer.decode.PacketBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Ethernet frames taken apart and put into others. */
final class Frames {
  static final int ETHERNET_BYTES = 14;
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86DD;

  private Frames() {}

  static boolean isEthernet(TestPacket p) {
    return p.linkType() == PacketBuilder.ETHERNET && p.bytes().length >= ETHERNET_BYTES;
  }

  /** An Ethernet frame of which no byte is missing. */
  static boolean isWhole(TestPacket p) {
    return isEthernet(p) && p.bytes().length == p.originalLength();
  }

  static int etherType(TestPacket p) {
    return ByteBuffer.wrap(p.bytes()).getShort(12) & 0xFFFF;
  }

  /** An IP packet right behind the Ethernet header, with its first 20 or 40 bytes. */
  static boolean isIp(TestPacket p) {
    int stored = p.bytes().length - ETHERNET_BYTES;
    return isEthernet(p)
        && stored >= (etherType(p) == IPV4 ? 20 : etherType(p) == IPV6 ? 40 : Integer.MAX_VALUE);
  }

  /** True when the IP packet states a length, and the frame on the wire is long enough for it. */
  static boolean fits(TestPacket p) {
    int stated = ipLength(p);
    return stated >= 20 && stated <= p.originalLength() - ETHERNET_BYTES;
  }

  /** Bytes of the IP packet as it states them, without Ethernet's padding. */
  static int ipLength(TestPacket p) {
    ByteBuffer frame = ByteBuffer.wrap(p.bytes());
    return etherType(p) == IPV4
        ? frame.getShort(ETHERNET_BYTES + 2) & 0xFFFF
        : 40 + (frame.getShort(ETHERNET_BYTES + 4) & 0xFFFF);
  }

  /** The frame inside something else, which learns that it is Ethernet. */
  static TestPacket frameInside(PacketBuilder outside, TestPacket p) {
    return inside(outside, p, 0, p.originalLength(), 0x6558, 143);
  }

  /** The IP packet of the frame inside something else, which learns its version. */
  static TestPacket ipInside(PacketBuilder outside, TestPacket p) {
    int protocol = etherType(p) == IPV4 ? 4 : 41;
    int end = ETHERNET_BYTES + ipLength(p);
    return inside(outside, p, ETHERNET_BYTES, end, etherType(p), protocol);
  }

  /** What the capture had cut off stays cut off: {@code to} may lie behind the captured bytes. */
  private static TestPacket inside(
      PacketBuilder outside, TestPacket p, int from, int to, int etherType, int protocol) {
    byte[] inner = Arrays.copyOfRange(Arrays.copyOf(p.bytes(), to), from, to);
    byte[] whole = outside.header(etherType, protocol, inner).build();
    int missing = Math.max(0, to - p.bytes().length);
    return of(p, Arrays.copyOf(whole, whole.length - missing), whole.length);
  }

  /** Other bytes at the same time. */
  static TestPacket of(TestPacket p, byte[] bytes, int originalLength) {
    return new TestPacket(p.linkType(), p.interfaceId(), p.nanos(), originalLength, bytes);
  }
}
