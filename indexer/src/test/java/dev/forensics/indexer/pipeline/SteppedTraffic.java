package dev.forensics.indexer.pipeline;

import static dev.forensics.indexer.decode.PacketBuilder.ACK;
import static dev.forensics.indexer.decode.PacketBuilder.FIN;
import static dev.forensics.indexer.decode.PacketBuilder.SYN;

import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Packets of connections at every stage and of datagrams, whose clock is set at some of them. */
public final class SteppedTraffic {
  /** Whom all of them talk to. */
  public static final String SERVER = "192.0.2.1";

  private static final long MILLI = 1_000_000L;
  private static final String HEAD =
      "POST /in HTTP/1.1\r\nHost: example.test\r\nContent-Length: 9\r\n";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  private final List<Packet> packets = new ArrayList<>();

  /** None yet. */
  public SteppedTraffic() {}

  /** A packet as it is written, and who sent it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Packet(long nanos, String from, byte[] frame) {
    Packet later(Duration by) {
      return new Packet(nanos + by.toNanos(), from, frame);
    }
  }

  /** The packets, in order. */
  public List<Packet> packets() {
    return packets.stream().sorted(Comparator.comparingLong(Packet::nanos)).toList();
  }

  /** The packets, where the clock is set forward before one of them. */
  public static List<Packet> stepped(List<Packet> packets, int at, Duration by) {
    List<Packet> stepped = new ArrayList<>(packets);
    for (int i = at; i < stepped.size(); i++) {
      stepped.set(i, stepped.get(i).later(by));
    }
    return stepped;
  }

  /** Writes them as a capture. */
  public static Path write(Path file, List<Packet> packets) throws IOException {
    try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), PacketBuilder.ETHERNET)) {
      for (Packet packet : packets) {
        writer.write(PacketBuilder.record(packet.frame, packet.nanos));
      }
    }
    return file;
  }

  /** Questions and answers of others, a conversation each, so often. */
  public SteppedTraffic chatter(int from, int to, int everyMillis) {
    for (int i = 0; from + i * everyMillis < to; i++) {
      exchange("10.0.0.2", 7_000 + from / 1_000 + i, from + i * everyMillis, 3);
    }
    return this;
  }

  /** A datagram and its answer. */
  SteppedTraffic exchange(String client, int port, int atMillis, int delayMillis) {
    datagram(atMillis, client, port, SERVER, 4_500);
    return datagram(atMillis + delayMillis, SERVER, 4_500, client, port);
  }

  SteppedTraffic datagram(int atMillis, String from, int fromPort, String to, int toPort) {
    PacketBuilder packet = PacketBuilder.ethernet().ipv4(from, to).udp(fromPort, toPort);
    return add(atMillis, from, packet.payload("question"));
  }

  /**
   * A connection to port 443 in plaintext: handshake, requests whose head and body come in two
   * segments, answers likewise, closing of both sides.
   */
  public SteppedTraffic connection(
      String client, int port, int atMillis, int packetEvery, int requests) {
    Side up = new Side(client, port, SERVER, 443, 100);
    Side down = new Side(SERVER, 443, client, port, 0xFFFF_FF00);
    int[] at = {atMillis};
    Runnable next = () -> at[0] += packetEvery;
    send(at[0], up, down, SYN, "", next);
    send(at[0], down, up, SYN | ACK, "", next);
    send(at[0], up, down, ACK, "", next);
    for (int i = 0; i < requests; i++) {
      send(at[0], up, down, ACK, HEAD, next);
      send(at[0], up, down, ACK, "\r\n123456789", next);
      send(at[0], down, up, ACK, "", next);
      send(at[0], down, up, ACK, ANSWER, next);
      send(at[0], up, down, ACK, "", next);
      send(at[0], down, up, ACK, "Content-Length: 4\r\n\r\nfine", next);
      send(at[0], up, down, ACK, "", next);
    }
    send(at[0], up, down, FIN | ACK, "", next);
    send(at[0], down, up, FIN | ACK, "", next);
    send(at[0], up, down, ACK, "", next);
    return this;
  }

  /** Takes away what these hosts sent. */
  SteppedTraffic without(String from, String to) {
    packets.removeIf(p -> p.from.equals(from + ">" + to));
    return this;
  }

  private static final class Side {
    private final String from;
    private final int fromPort;
    private final String to;
    private final int toPort;
    private int sequence;

    Side(String from, int fromPort, String to, int toPort, int sequence) {
      this.from = from;
      this.fromPort = fromPort;
      this.to = to;
      this.toPort = toPort;
      this.sequence = sequence;
    }
  }

  private void send(int at, Side by, Side peer, int flags, String payload, Runnable next) {
    PacketBuilder packet =
        PacketBuilder.ethernet()
            .ipv4(by.from, by.to)
            .tcp(by.fromPort, by.toPort)
            .flags(flags)
            .sequence(by.sequence)
            .acknowledgment((flags & ACK) == 0 ? 0 : peer.sequence)
            .payload(payload);
    add(at, by.from + ">" + by.to, packet);
    by.sequence += payload.length() + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    next.run();
  }

  private SteppedTraffic add(int atMillis, String from, PacketBuilder packet) {
    packets.add(new Packet(WrittenPackets.START_NANOS + atMillis * MILLI, from, packet.build()));
    return this;
  }
}
