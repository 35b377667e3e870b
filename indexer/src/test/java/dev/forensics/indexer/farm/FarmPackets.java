package dev.forensics.indexer.farm;

import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.flow.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes ordinary flows as packets, one after the other, each between addresses of its own. */
final class FarmPackets implements AutoCloseable {
  private static final int SEGMENT = 1_400;
  private static final long GAP_NANOS = 1_000_000L;

  private final PcapWriter writer;
  private long nanos = 1_795_342_530_000_000_000L;
  private int number;
  private String client;
  private String server;
  private int serverPort;
  private final int[] sequence = new int[2];

  FarmPackets(Path file) throws IOException {
    writer = new PcapWriter(Files.newOutputStream(file), PacketBuilder.ETHERNET);
  }

  /** Address of the client of a flow that was written; the first has the number 1. */
  static String client(int number) {
    return "10." + (number >> 16 & 0xFF) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
  }

  void write(OrdinaryFlow flow) throws IOException {
    client = client(++number);
    server = "198.51." + (100 + (number >> 8 & 3)) + "." + (number & 0xFF);
    serverPort = flow.serverPort();
    sequence[0] = 101;
    sequence[1] = 501;
    if (flow.exchange().stream() && !flow.midstream()) {
      put(tcp(Direction.ORIGINATOR).flags(PacketBuilder.SYN).sequence(100));
      int both = PacketBuilder.SYN | PacketBuilder.ACK;
      put(tcp(Direction.RESPONDER).flags(both).sequence(500).acknowledgment(101));
    }
    for (Exchange.Piece piece : flow.exchange().pieces()) {
      if (flow.exchange().stream()) {
        segments(piece.direction(), piece.bytes());
      } else {
        put(udp(piece.direction()).payload(piece.bytes()));
      }
    }
  }

  private void segments(Direction direction, byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += SEGMENT) {
      byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + SEGMENT));
      int side = direction == Direction.ORIGINATOR ? 0 : 1;
      put(tcp(direction).sequence(sequence[side]).acknowledgment(sequence[1 - side]).payload(part));
      sequence[side] += part.length;
      put(tcp(direction.reverse()).sequence(sequence[1 - side]).acknowledgment(sequence[side]));
    }
  }

  private PacketBuilder ip(Direction direction) {
    boolean up = direction == Direction.ORIGINATOR;
    return PacketBuilder.ethernet().ipv4(up ? client : server, up ? server : client);
  }

  private PacketBuilder tcp(Direction direction) {
    boolean up = direction == Direction.ORIGINATOR;
    return ip(direction).tcp(up ? 50_000 : serverPort, up ? serverPort : 50_000);
  }

  private PacketBuilder udp(Direction direction) {
    boolean up = direction == Direction.ORIGINATOR;
    return ip(direction).udp(up ? 50_000 : serverPort, up ? serverPort : 50_000);
  }

  private void put(PacketBuilder packet) throws IOException {
    nanos += GAP_NANOS;
    writer.write(PacketBuilder.record(packet.build(), nanos));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
