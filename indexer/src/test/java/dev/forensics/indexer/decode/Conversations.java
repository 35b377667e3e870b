package dev.forensics.indexer.decode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The 5-tuples of a capture's TCP and UDP packets, with packet counts, the smaller end first. */
final class Conversations {
  private final Map<String, Integer> packets = new TreeMap<>();
  private final PacketDecoder decoder = new PacketDecoder();

  static Conversations of(Path capture) throws IOException {
    Conversations conversations = new Conversations();
    DecodedPacket packet = new DecodedPacket();
    SimpleCapture.read(
        capture,
        record -> {
          if (conversations.decoder.decode(record, packet)) {
            conversations.count(packet);
          }
        });
    return conversations;
  }

  Map<String, Integer> packets() {
    return packets;
  }

  PacketDecoder decoder() {
    return decoder;
  }

  private void count(DecodedPacket packet) {
    if (packet.protocol == 6 || packet.protocol == 17) {
      packets.merge(
          key(
              packet.protocol == 6 ? "tcp" : "udp",
              source(packet),
              packet.sourcePort,
              destination(packet),
              packet.destinationPort),
          1,
          Integer::sum);
    }
  }

  static String key(String protocol, String a, int aPort, String b, int bPort) {
    String first = a + " " + aPort;
    String second = b + " " + bPort;
    return first.compareTo(second) <= 0
        ? protocol + " " + first + " - " + second
        : protocol + " " + second + " - " + first;
  }

  static String source(DecodedPacket packet) {
    return address(packet.ipVersion, packet.sourceHigh, packet.sourceLow);
  }

  static String destination(DecodedPacket packet) {
    return address(packet.ipVersion, packet.destinationHigh, packet.destinationLow);
  }

  private static String address(int version, long high, long low) {
    ByteBuffer bytes =
        version == 4
            ? ByteBuffer.allocate(4).putInt((int) low)
            : ByteBuffer.allocate(16).putLong(high).putLong(low);
    return text(bytes);
  }

  /** The address as Java writes it, whatever way the ground truth wrote it. */
  static String canonical(String address) {
    return text(ByteBuffer.wrap(PacketBuilder.address(address)));
  }

  private static String text(ByteBuffer bytes) {
    byte[] address = new byte[bytes.capacity()];
    bytes.get(0, address);
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
