package dev.forensics.indexer.evidence;

import dev.forensics.indexer.decode.PacketBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Seeded traffic: connections that raise an alarm, and others beside them. */
final class TestTraffic {
  /** 2026-11-22T10:00:00Z. */
  static final long START = 1_795_341_600_000_000_000L;

  static final long MILLISECOND = 1_000_000L;
  static final String CLIENT = "192.0.2.10";
  static final String SERVER = "198.51.100.44";

  private TestTraffic() {}

  /** Plaintext HTTP to port 443: exchanges a step apart, on a connection of its own. */
  static List<TestFrame> alarm(int clientPort, int exchanges, long start, long step) {
    return alarm(PacketBuilder::ethernet, clientPort, exchanges, start, step);
  }

  /** The same in an encapsulation. */
  static List<TestFrame> alarm(
      Supplier<PacketBuilder> outer, int clientPort, int exchanges, long start, long step) {
    Talk talk = new Talk(outer, clientPort, start, step);
    talk.client(PacketBuilder.SYN, "");
    talk.server(PacketBuilder.SYN | PacketBuilder.ACK, "");
    talk.client(PacketBuilder.ACK, "");
    for (int i = 0; i < exchanges; i++) {
      talk.client(
          PacketBuilder.PSH | PacketBuilder.ACK,
          "GET /" + i + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
      talk.server(
          PacketBuilder.PSH | PacketBuilder.ACK, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
    talk.client(PacketBuilder.FIN | PacketBuilder.ACK, "");
    talk.server(PacketBuilder.FIN | PacketBuilder.ACK, "");
    talk.client(PacketBuilder.ACK, "");
    return talk.frames;
  }

  /** Datagrams and segments of other flows, some between the same addresses. */
  static List<TestFrame> others(long seed, int count, long start, long step) {
    Random random = new Random(seed);
    List<TestFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String from = random.nextInt(4) == 0 ? CLIENT : "10.0.0." + (1 + random.nextInt(9));
      String to = random.nextInt(4) == 0 ? SERVER : "10.0.1." + (1 + random.nextInt(9));
      PacketBuilder packet = PacketBuilder.ethernet().ipv4(from, to);
      int port = 20_000 + random.nextInt(8);
      byte[] payload = new byte[random.nextInt(900)];
      random.nextBytes(payload);
      packet =
          random.nextBoolean() ? packet.udp(port, 443) : packet.tcp(port, 8080).sequence(i * 1_000);
      frames.add(TestFrame.of(start + i * step + 17, packet.payload(payload)));
    }
    return frames;
  }

  private static final class Talk {
    private final List<TestFrame> frames = new ArrayList<>();
    private final Supplier<PacketBuilder> outer;
    private final int port;
    private final long step;
    private long now;
    private int sent = 1_000;
    private int answered = 5_000;

    Talk(Supplier<PacketBuilder> outer, int port, long start, long step) {
      this.outer = outer;
      this.port = port;
      this.step = step;
      now = start;
    }

    void client(int flags, String payload) {
      add(outer.get().ipv4(CLIENT, SERVER).tcp(port, 443), flags, sent, answered, payload);
      sent += length(flags, payload);
    }

    void server(int flags, String payload) {
      add(outer.get().ipv4(SERVER, CLIENT).tcp(443, port), flags, answered, sent, payload);
      answered += length(flags, payload);
    }

    private static int length(int flags, String payload) {
      return payload.length() + ((flags & (PacketBuilder.SYN | PacketBuilder.FIN)) == 0 ? 0 : 1);
    }

    private void add(PacketBuilder packet, int flags, int sequence, int ack, String payload) {
      packet.flags(flags).sequence(sequence).payload(payload);
      if ((flags & PacketBuilder.ACK) != 0) {
        packet.acknowledgment(ack);
      }
      frames.add(TestFrame.of(now, packet));
      now += step;
    }
  }
}
