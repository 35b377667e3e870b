package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import dev.forensics.indexer.decode.PacketBuilder;
import java.util.SplittableRandom;

/** Packets between addresses (198.19.0.0/16, for benchmarks) that no other traffic has. */
final class Strangers {
  /** What is written about strangers, and nothing else. */
  static final Statement ADDED = change -> change.isAdded() && change.about().contains(" 198.19.");

  private Strangers() {}

  /** A datagram, an attempt to connect, or a frame without IP. */
  static TestPacket any(SplittableRandom random, long nanos) {
    String from = "198.19.1." + random.nextInt(1, 250);
    String to = "198.19.2." + random.nextInt(1, 250);
    int port = random.nextInt(20_000, 60_000);
    PacketBuilder packet = PacketBuilder.ethernet();
    switch (random.nextInt(3)) {
      case 0 -> packet.ipv4(from, to).udp(port, 9).payload("to be thrown away");
      case 1 -> packet.ipv4(from, to).tcp(port, 9).flags(PacketBuilder.SYN);
      default -> packet.header(0x0806, 0, new byte[46]);
    }
    return packet(packet, nanos);
  }

  static TestPacket datagram(long nanos) {
    PacketBuilder packet = PacketBuilder.ethernet().ipv4("198.19.3.1", "198.19.3.2").udp(4000, 9);
    return packet(packet.payload("out of its time"), nanos);
  }

  private static TestPacket packet(PacketBuilder packet, long nanos) {
    byte[] bytes = packet.build();
    return new TestPacket(PacketBuilder.ETHERNET, 0, nanos, bytes.length, bytes);
  }
}
