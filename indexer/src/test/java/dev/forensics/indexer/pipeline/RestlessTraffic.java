package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded conversations in which everything falls due all the time: answers about a minute late,
 * silences as long as a time-out, closes, tuples used again, long connections, retransmissions,
 * mirrored copies, fragments, tunnels.
 */
final class RestlessTraffic {
  static final long SECOND = 1_000_000_000L;

  private static final int SYN = PacketBuilder.SYN;
  private static final int ACK = PacketBuilder.ACK;
  private static final int FIN = 1;
  private static final long LENGTH_SECONDS = 1500;
  private static final double[] ANSWERED_AFTER = {0.01, 1, 4.9, 59.9, 60, 60.1, 75};
  private static final double[] SILENCES = {0.5, 2, 4.999, 5, 5.002, 20, 60, 60.001, 61, 310};

  private final SplittableRandom random;
  private final List<Timed> packets = new ArrayList<>();
  private final String network;
  private int identification;

  /** A packet. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Timed(long nanos, byte[] frame) {
    Timed at(long other) {
      return new Timed(other, frame);
    }
  }

  /**
   * @param network the first two numbers of the clients' addresses
   */
  RestlessTraffic(long seed, String network, int conversations) {
    random = new SplittableRandom(seed);
    this.network = network;
    for (int i = 0; i < conversations; i++) {
      long start = random.nextLong(LENGTH_SECONDS * 1_000_000) * 1000;
      Side side = new Side(i);
      switch (random.nextInt(5)) {
        case 0, 1 -> requests(side, start);
        case 2 -> longConnection(side, start / 3);
        case 3 -> datagrams(side, start);
        default -> fragments(side, start);
      }
    }
    packets.removeIf(packet -> packet.nanos > LENGTH_SECONDS * SECOND);
    packets.sort(Comparator.comparingLong(Timed::nanos));
  }

  /** Packets in the order of a capture, the first at nanosecond 0. */
  List<Timed> packets() {
    return packets;
  }

  /** One datagram of somebody else with which a capture ends, so that its last clock is known. */
  static Timed last() {
    byte[] frame =
        PacketBuilder.ethernet().ipv4("10.99.0.1", "10.99.0.2").udp(9, 9).payload("end").build();
    return new Timed((LENGTH_SECONDS + 1) * SECOND, frame);
  }

  /** Both in the order of their times. */
  static List<Timed> merged(List<Timed> one, List<Timed> other) {
    List<Timed> all = new ArrayList<>(one);
    all.addAll(other);
    all.sort(Comparator.comparingLong(Timed::nanos));
    return all;
  }

  /** Some come late in the file, up to so much behind packets that they were sent before. */
  static List<Timed> late(List<Timed> packets, long seed, long mostNanos) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Timed> arrivals = new ArrayList<>();
    for (Timed packet : packets) {
      long late = random.nextInt(5) == 0 ? random.nextLong(mostNanos) : 0;
      arrivals.add(packet.at(packet.nanos + late));
    }
    Integer[] order = new Integer[packets.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingLong(i -> arrivals.get(i).nanos));
    return Arrays.stream(order).map(packets::get).toList();
  }

  static Path write(List<Timed> packets, Path file) throws IOException {
    try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), PacketBuilder.ETHERNET)) {
      for (Timed packet : packets) {
        long nanos = WrittenPackets.START_NANOS + packet.nanos;
        writer.write(PacketBuilder.record(packet.frame, nanos));
      }
    }
    return file;
  }

  /** The two ends of a conversation, and how its packets are wrapped. */
  private final class Side {
    final String client;
    final String server;
    final int port;
    final int wrapping = random.nextInt(6);
    int sent = random.nextInt();
    int received = random.nextInt();

    Side(int number) {
      client = network + "." + number / 200 + "." + (1 + number % 200);
      server = "198.51." + network.substring(3) + "." + (1 + random.nextInt(5));
      port = 40_000 + number;
    }

    PacketBuilder ip(boolean isBack, int id) {
      PacketBuilder packet = PacketBuilder.ethernet();
      if (wrapping == 0) {
        packet.ipv4("10.77.0.1", "10.77.0.2").vxlan(7).innerEthernet();
      } else if (wrapping == 1) {
        packet.ipv4("10.77.0.1", "10.77.0.2").gre();
      } else if (wrapping == 2) {
        packet.vlan(100);
      }
      packet.ipv4(isBack ? server : client, isBack ? client : server);
      return packet.identification(id);
    }
  }

  private double pick(double[] seconds) {
    return seconds[random.nextInt(seconds.length)];
  }

  private long after(long nanos, double seconds) {
    return nanos + (long) (seconds * SECOND) + random.nextInt(1000) * 1000L;
  }

  private void tcp(Side side, long nanos, boolean isBack, int flags, String payload) {
    int sequence = isBack ? side.received : side.sent;
    int acknowledgment = isBack ? side.sent : side.received;
    PacketBuilder packet = segment(side, isBack, flags, sequence, acknowledgment, payload);
    add(nanos, packet);
    if (random.nextInt(8) == 0) {
      add(nanos + random.nextInt(9000) * 1000L, packet.ttl(63)); // a mirror's copy
    }
    if (random.nextInt(10) == 0) {
      add(
          after(nanos, 0.3),
          segment(side, isBack, flags, sequence, acknowledgment, payload)); // sent again
    }
    int length = payload.length() + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    if (isBack) {
      side.received += length;
    } else {
      side.sent += length;
    }
  }

  private PacketBuilder segment(
      Side side, boolean isBack, int flags, int sequence, int acknowledgment, String payload) {
    return side.ip(isBack, ++identification)
        .tcp(isBack ? 443 : side.port, isBack ? side.port : 443)
        .flags(flags)
        .sequence(sequence)
        .acknowledgment((flags & ACK) == 0 ? 0 : acknowledgment)
        .payload(payload);
  }

  private void add(long nanos, PacketBuilder packet) {
    packets.add(new Timed(nanos, packet.build()));
  }

  private long open(Side side, long start) {
    tcp(side, start, false, SYN, "");
    tcp(side, start + 1_000_000, true, SYN | ACK, "");
    tcp(side, start + 2_000_000, false, ACK, "");
    return start + 3_000_000;
  }

  /** Plaintext requests to the HTTPS port, answered or not, on a tuple that is used again. */
  private void requests(Side side, long start) {
    long nanos = start;
    for (int connection = random.nextInt(1, 5); connection > 0; connection--) {
      nanos = open(side, nanos);
      tcp(side, nanos, false, ACK, "POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n");
      if (random.nextInt(3) > 0) {
        nanos = after(nanos, pick(ANSWERED_AFTER));
        tcp(side, nanos, false, ACK, "body");
      }
      if (random.nextInt(3) > 0) {
        nanos = after(nanos, pick(ANSWERED_AFTER));
        tcp(side, nanos, true, ACK, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      }
      if (random.nextInt(3) > 0) {
        nanos = after(nanos, 0.1);
        tcp(side, nanos, false, FIN | ACK, "");
        tcp(side, nanos + 2_000_000, true, FIN | ACK, "");
        tcp(side, nanos + 3_000_000, false, ACK, "");
      }
      nanos = after(nanos, pick(SILENCES));
      side.sent += random.nextInt(1, 1 << 20);
    }
  }

  private void longConnection(Side side, long start) {
    long nanos = open(side, start);
    for (int i = 0; i < 20; i++) {
      nanos = after(nanos, random.nextInt(1, 90));
      tcp(side, nanos, random.nextBoolean(), ACK, i % 5 == 0 ? "GET /" + i : "x".repeat(i));
    }
  }

  private void datagrams(Side side, long start) {
    long nanos = start;
    for (int i = random.nextInt(2, 12); i > 0; i--) {
      boolean isBack = random.nextInt(3) == 0;
      PacketBuilder packet = side.ip(isBack, ++identification);
      packet.udp(isBack ? 443 : side.port, isBack ? side.port : 443).payload("datagram " + i);
      add(nanos, packet);
      nanos = after(nanos, pick(SILENCES));
    }
  }

  /** Datagrams in two fragments, some of which come after the time for it. */
  private void fragments(Side side, long start) {
    long nanos = start;
    for (int i = random.nextInt(2, 6); i > 0; i--) {
      byte[] udp = new byte[48];
      udp[0] = (byte) (side.port >> 8);
      udp[1] = (byte) side.port;
      udp[3] = 53;
      udp[5] = 48;
      System.arraycopy(("ask " + i).getBytes(StandardCharsets.ISO_8859_1), 0, udp, 8, 5);
      int id = ++identification;
      add(nanos, fragment(side, id, 0, true, Arrays.copyOf(udp, 24)));
      double rest = random.nextInt(3) == 0 ? 29.9 + random.nextDouble() * 0.2 : 0.01;
      add(after(nanos, rest), fragment(side, id, 24, false, Arrays.copyOfRange(udp, 24, 48)));
      nanos = after(nanos, pick(SILENCES));
    }
  }

  private static PacketBuilder fragment(
      Side side, int id, int offset, boolean isMore, byte[] bytes) {
    return side.ip(false, id).fragment(offset, isMore).header(0, 17, bytes);
  }
}
