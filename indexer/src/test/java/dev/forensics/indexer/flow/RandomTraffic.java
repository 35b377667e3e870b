package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.TestPackets.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Seeded packets of few hosts, so that tuples are used again. */
final class RandomTraffic {
  private static final int PACKETS = 4000;

  private RandomTraffic() {}

  /** The same, some of them late: up to so many nanoseconds behind the clock. */
  static List<DecodedPacket> late(long seed, long mostNanos) {
    SplittableRandom random = new SplittableRandom(seed * 31 + 7);
    List<DecodedPacket> all = inOrder(seed);
    Map<DecodedPacket, Long> arrivals = new HashMap<>();
    for (DecodedPacket p : all) {
      p.heldPositions = null;
      p.heldCaptureIndexes = null;
      long late = random.nextInt(4) == 0 ? random.nextLong(mostNanos + 1) : 0;
      arrivals.put(p, p.timestampNanos + late);
    }
    all.sort(Comparator.comparingLong(arrivals::get));
    long position = 24;
    for (DecodedPacket p : all) {
      p.captureIndex = 0;
      p.position = position;
      position += 100;
    }
    return withClock(all);
  }

  /** Gives packets the clock that they move when nobody else does. */
  static List<DecodedPacket> withClock(List<DecodedPacket> packets) {
    long clock = Long.MIN_VALUE;
    for (DecodedPacket p : packets) {
      clock = Math.max(clock, p.timestampNanos);
      p.clockNanos = clock;
    }
    return packets;
  }

  /** Traffic of few hosts, so that tuples are used again, with holes, copies and silences. */
  static List<DecodedPacket> inOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TestPackets packets = new TestPackets();
    List<DecodedPacket> all = new ArrayList<>();
    int[] next = new int[64];
    Arrays.setAll(next, i -> random.nextInt());
    long nanos = 0;
    for (int i = 0; i < PACKETS; i++) {
      nanos += random.nextInt(random.nextInt(40) == 0 ? 2_000_000_000 : 300_000_000);
      nanos += random.nextInt(2000) == 0 ? 200_000_000_000L : 0;
      if (random.nextInt(400) == 0) {
        packets.captureIndex++;
        packets.position = 24;
      }
      int which = random.nextInt(32);
      boolean back = random.nextInt(3) == 0;
      Endpoint client = new Endpoint(which, 40000 + which % 4);
      Endpoint server = new Endpoint(100, which % 5 == 0 ? 53 : 443);
      Endpoint from = back ? server : client;
      Endpoint to = back ? client : server;
      byte[] payload =
          Integer.toString(random.nextInt(1 << 20)).getBytes(StandardCharsets.ISO_8859_1);
      if (which % 5 == 0) {
        all.add(packets.ip(nanos, which % 10 == 0 ? 17 : 47, from, to, payload));
        if (random.nextInt(3) == 0 && all.size() > 4) {
          fragment(all);
        }
      } else {
        all.add(tcp(random, packets, nanos, from, to, next, which, back, payload));
      }
      if (random.nextInt(20) == 0) {
        packets.identification--;
        DecodedPacket last = all.get(all.size() - 1);
        DecodedPacket copy = packets.ip(nanos, last.protocol, from, to, last.buffer);
        copy.tcpFlags = last.tcpFlags;
        copy.sequence = last.sequence;
        copy.acknowledgment = last.acknowledgment;
        all.add(copy);
      }
    }
    return all;
  }

  /** Makes the last packet one whose first fragment came with the packets before it. */
  private static void fragment(List<DecodedPacket> all) {
    DecodedPacket last = all.get(all.size() - 1);
    DecodedPacket earlier = all.get(all.size() - 4);
    last.heldCaptureIndexes = new int[] {earlier.captureIndex};
    last.heldPositions = new long[] {earlier.position + 1};
  }

  private static DecodedPacket tcp(
      SplittableRandom random,
      TestPackets packets,
      long nanos,
      Endpoint from,
      Endpoint to,
      int[] next,
      int which,
      boolean back,
      byte[] payload) {
    int mine = which + (back ? 32 : 0);
    int flags = TestPackets.ACK;
    byte[] bytes = payload;
    switch (random.nextInt(14)) {
      case 0 -> {
        flags = back ? 18 : TestPackets.SYN;
        next[mine] = random.nextInt(4) == 0 ? random.nextInt() : next[mine];
        bytes = new byte[0];
      }
      case 1 -> flags |= TestPackets.FIN;
      case 2 -> flags = random.nextInt(3) == 0 ? TestPackets.RST : flags;
      case 3 -> next[mine] += 7;
      case 4 -> bytes = new byte[0];
      default -> {}
    }
    int ack = next[mine ^ 32] + (random.nextInt(5) == 0 ? 20 : 0);
    int sequence = next[mine] + (random.nextInt(6) == 0 ? random.nextInt(-6, 12) : 0);
    next[mine] += bytes.length + ((flags & 3) == 0 ? 0 : 1);
    return packets.tcp(nanos, from, to, flags, sequence, ack, bytes);
  }
}
