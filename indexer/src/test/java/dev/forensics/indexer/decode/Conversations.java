package dev.forensics.indexer.decode;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The 5-tuples of a capture's TCP, UDP and SCTP packets, with packet counts, the smaller end first.
 */
final class Conversations {
  private final Map<String, Integer> packets = new TreeMap<>();
  private final PacketDecoder decoder = new PacketDecoder();
  private String broken;

  /** Reads up to the capture's end or to where it is broken. */
  static Conversations of(Path capture) throws IOException {
    Conversations conversations = new Conversations();
    try {
      Optional<CaptureFile> file = CaptureFile.probe(capture).capture();
      if (file.isPresent()) {
        conversations.read(file.get());
      }
    } catch (CaptureException e) {
      conversations.broken = e.getMessage();
    }
    return conversations;
  }

  private void read(CaptureFile file) throws IOException {
    PacketRecord record = new PacketRecord();
    DecodedPacket packet = new DecodedPacket();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        if (decoder.decode(record, packet)) {
          count(packet);
        }
      }
    }
  }

  /** What the reader said about a broken capture; null when it was sound. */
  String broken() {
    return broken;
  }

  Map<String, Integer> packets() {
    return packets;
  }

  PacketDecoder decoder() {
    return decoder;
  }

  private void count(DecodedPacket packet) {
    String protocol =
        switch (packet.protocol) {
          case 6 -> "tcp";
          case 17 -> "udp";
          case 132 -> "sctp";
          default -> null;
        };
    if (protocol != null) {
      String source = source(packet);
      String destination = destination(packet);
      packets.merge(
          key(protocol, source, packet.sourcePort, destination, packet.destinationPort),
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
