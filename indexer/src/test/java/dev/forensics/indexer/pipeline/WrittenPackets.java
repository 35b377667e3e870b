package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Packets of made conversations, written to a capture in the order of their times. */
final class WrittenPackets {
  /** 2026-11-22T10:15:30Z. */
  static final long START_NANOS = 1_795_342_530_000_000_000L;

  private static final int SYN = PacketBuilder.SYN;
  private static final int ACK = PacketBuilder.ACK;
  private static final long MILLISECOND = 1_000_000L;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Timed(long nanos, byte[] frame) {}

  private final List<Timed> packets = new ArrayList<>();

  void add(long nanos, PacketBuilder packet) {
    packets.add(new Timed(nanos, packet.build()));
  }

  /** A connection: handshake, a request, and an answer unless it is null. */
  void exchange(long nanos, String client, int port, String server, String request, String answer) {
    add(nanos, tcp(client, server, port, 443).flags(SYN).sequence(100));
    add(nanos + MILLISECOND, tcp(server, client, 443, port).flags(SYN | ACK).sequence(500));
    add(nanos + 2 * MILLISECOND, tcp(client, server, port, 443).sequence(101).payload(request));
    if (answer != null) {
      int next = 101 + request.length();
      add(
          nanos + 3 * MILLISECOND,
          tcp(server, client, 443, port).sequence(501).acknowledgment(next).payload(answer));
    }
  }

  /** The server breaks the connection off. */
  void reset(long nanos, String client, int port, String server) {
    add(nanos, tcp(server, client, 443, port).flags(PacketBuilder.RST).sequence(501));
  }

  private static PacketBuilder tcp(String from, String to, int sourcePort, int destinationPort) {
    return PacketBuilder.ethernet().ipv4(from, to).tcp(sourcePort, destinationPort);
  }

  /** A connection to port 443 packet by packet; sequence numbers and identifications count up. */
  static final class Conversation {
    private final String client;
    private final int port;
    private final String server;
    private int identification = 1;
    private int sent = 100;
    private int received = 500;

    Conversation(String client, int port, String server) {
      this.client = client;
      this.port = port;
      this.server = server;
    }

    byte[] client(int flags, String payload) {
      PacketBuilder packet = PacketBuilder.ethernet().ipv4(client, server);
      packet.identification(identification++).tcp(port, 443).flags(flags).sequence(sent);
      sent += payload.length() + ((flags & 3) == 0 ? 0 : 1);
      return packet.acknowledgment(received).payload(payload).build();
    }

    byte[] server(int flags, String payload) {
      PacketBuilder packet = PacketBuilder.ethernet().ipv4(server, client);
      packet.identification(identification++).tcp(443, port).flags(flags).sequence(received);
      received += payload.length() + ((flags & 3) == 0 ? 0 : 1);
      return packet.acknowledgment(sent).payload(payload).build();
    }
  }

  Path write(Path file) throws IOException {
    packets.sort(Comparator.comparingLong(Timed::nanos));
    try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), PacketBuilder.ETHERNET)) {
      for (Timed packet : packets) {
        PacketRecord record = PacketBuilder.record(packet.frame, packet.nanos);
        writer.write(record);
      }
    }
    return file;
  }
}
