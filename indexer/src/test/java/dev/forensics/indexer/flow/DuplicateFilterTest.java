package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.TestPackets.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
  private static final Endpoint CLIENT = new Endpoint(1, 50000);
  private static final Endpoint SERVER = new Endpoint(2, 443);

  private final RecordingObserver observer = new RecordingObserver();
  private final FlowTable table = new FlowTable(FlowSettings.defaults(), observer);
  private final TestPackets packets = new TestPackets();

  private DecodedPacket data(long nanos, int identification, String payload) {
    packets.identification = identification;
    byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
    return packets.tcp(nanos, CLIENT, SERVER, 16, 1000, 77, bytes);
  }

  private Flow send(DecodedPacket... all) {
    for (DecodedPacket p : all) {
      table.packet(p);
    }
    return observer.started.get(0);
  }

  @Test
  @DisplayName("the copy behind a router has another time to live and other MAC addresses")
  void shouldIgnoreRoutedCopy() {
    DecodedPacket copy = data(50_000, 9, "hello");
    copy.ttl = 63;
    copy.sourceMac = 99;
    Flow flow = send(data(0, 9, "hello"), copy);

    assertThat(flow.duplicates).isEqualTo(1);
    assertThat(flow.originator.packets).isEqualTo(1);
    assertThat(flow.originator.retransmittedBytes()).isZero();
    assertThat(flow.listedPackets()).isEqualTo(1);
    assertThat(table.counters().duplicates).isEqualTo(1);
  }

  @Test
  void shouldIgnoreCopiesThatComeInBursts() {
    DecodedPacket[] burst = new DecodedPacket[40];
    for (int i = 0; i < 40; i++) {
      burst[i] = data(i * 1000L, 100 + i % 20, "hello");
      burst[i].sequence += 5 * (i % 20);
    }
    Flow flow = send(burst);
    assertThat(flow.duplicates).isEqualTo(20);
    assertThat(flow.originator.payloadBytes).isEqualTo(100);
  }

  @Test
  void shouldKeepGenuineRetransmission() {
    Flow flow = send(data(0, 9, "hello"), data(50_000, 10, "hello"), data(20_000_000, 9, "hello"));
    assertThat(flow.duplicates).isZero();
    assertThat(flow.originator.retransmittedBytes()).isEqualTo(10);
  }

  @Test
  void shouldKeepOtherChecksumAndDirection() {
    DecodedPacket other = data(1000, 9, "hellO");
    other.transportChecksum = 4711;
    packets.identification = 9;
    DecodedPacket back = packets.tcp(2000, SERVER, CLIENT, 16, 1000, 77, new byte[5]);
    Flow flow = send(data(0, 9, "hello"), other, back);
    assertThat(flow.duplicates).isZero();
  }

  @Test
  @DisplayName("without identification: a segment within 1 ms, or a copy that went another way")
  void shouldBeCarefulWithoutIdentification() {
    DecodedPacket sameWay = data(900_000, 0, "hello");
    DecodedPacket late = data(2_000_000, 0, "hello");
    DecodedPacket routed = data(3_000_000, 0, "hello");
    routed.ttl = 63;
    DecodedPacket ack = data(4_000_000, 0, "");
    DecodedPacket ackAgain = data(4_100_000, 0, "");
    Flow flow = send(data(0, 0, "hello"), sameWay, late, routed, ack, ackAgain);

    assertThat(flow.duplicates).isEqualTo(2);
    assertThat(flow.originator.packets).isEqualTo(4);
  }

  @Test
  void shouldKeepIdenticalDatagramsWithoutIdentification() {
    for (int i = 0; i < 5; i++) {
      packets.identification = 0;
      table.packet(packets.udp(i * 1000L, CLIENT, SERVER, "same"));
    }
    assertThat(observer.started.get(0).originator.packets).isEqualTo(5);
  }

  @Test
  @DisplayName("a copy that is behind the clock is found, though its packet is out of the window")
  void shouldFindCopyThatComesLate() {
    DecodedPacket first = data(0, 9, "hello");
    DecodedPacket later = data(30_000_000, 10, "again");
    DecodedPacket copy = data(5_000_000, 9, "hello");
    assertThat(send(first, later, copy).duplicates).isEqualTo(1);
  }

  @Test
  @DisplayName("seeded packets, some late, against a plain list of all that came before")
  void shouldAnswerAsIfItLookedAtEverything() {
    Random chance = new Random(4);
    DuplicateFilter filter = new DuplicateFilter();
    List<DecodedPacket> seen = new ArrayList<>();
    long nanos = 0;
    int copies = 0;
    for (int i = 0; i < 20_000; i++) {
      nanos += chance.nextInt(3_000_000);
      long late = chance.nextInt(10) == 0 ? chance.nextInt(20_000_000) : 0;
      DecodedPacket p = data(nanos, 1 + chance.nextInt(8), "hello");
      p.timestampNanos -= late;
      boolean expected = seen.stream().anyMatch(before -> isCopy(before, p));
      assertThat(filter.isCopy(p, p.flowHash)).as("packet %d, seed 4", i).isEqualTo(expected);
      if (expected) {
        copies++;
      } else {
        seen.add(p);
      }
    }
    assertThat(copies).isBetween(1_000, 19_000);
  }

  private static boolean isCopy(DecodedPacket before, DecodedPacket p) {
    return before.identification == p.identification
        && Math.abs(before.timestampNanos - p.timestampNanos) <= DuplicateFilter.WINDOW_NANOS;
  }
}
