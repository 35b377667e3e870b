package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.Dating;
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
  @DisplayName("a forged copy: what makes it one can be made up, its bytes are another version")
  void shouldTellTheOtherBytesOfACopy() {
    Flow flow = send(data(0, 9, "hello"), data(50_000, 9, "hello"), data(60_000, 9, "HELLO"));
    assertThat(flow.duplicates).isEqualTo(2);
    assertThat(flow.originator.payloadBytes).isEqualTo(5);
    assertThat(flow.originator.conflictingBytes()).isEqualTo(5);
  }

  @Test
  void shouldKeepGenuineRetransmission() {
    Flow flow = send(data(0, 9, "hello"), data(50_000, 10, "hello"), data(20_000_000, 11, "hello"));
    assertThat(flow.duplicates).isZero();
    assertThat(flow.originator.retransmittedBytes()).isEqualTo(10);
  }

  @Test
  @DisplayName("a sender that counts its identifications sends nothing again with the same one")
  void shouldIgnoreACopyThatComesSecondsLater() {
    Flow flow = send(data(0, 9, "hello"), data(5_000_000_000L, 9, "hello"));
    assertThat(flow.duplicates).isEqualTo(1);
    send(data(5_000_000_001L, 9, "hello"));
    assertThat(flow.duplicates).isEqualTo(1);
    assertThat(flow.originator.retransmittedBytes()).isEqualTo(5);
  }

  @Test
  @DisplayName("one that gives all packets the same identification may send the same again")
  void shouldKeepRetransmissionWhereAllIdentificationsAreTheSame() {
    DecodedPacket other = data(1_000_000, 1, "other");
    other.sequence += 5;
    Flow flow = send(data(0, 1, "hello"), other, data(300_000_000, 1, "hello"));
    assertThat(flow.duplicates).isZero();
    assertThat(flow.originator.retransmittedBytes()).isEqualTo(5);
    send(data(301_000_000, 1, "hello"));
    assertThat(flow.duplicates).isEqualTo(1);
  }

  @Test
  void shouldIgnoreTheSameRecordTwiceThoughItHasNoIdentification() {
    DecodedPacket ack = data(7, 0, "");
    DecodedPacket again = data(7, 0, "");
    assertThat(send(data(0, 0, "hello"), ack, again).duplicates).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "copies of a connection that was followed by another on its 5-tuple are no part of it")
  void shouldIgnoreCopiesOfTheConnectionBefore() {
    DecodedPacket[] first = {
      packets.tcp(0, CLIENT, SERVER, 2, 100, 0, new byte[0]),
      packets.tcp(1_000, SERVER, CLIENT, 18, 700, 101, new byte[0]),
      packets.tcp(2_000, CLIENT, SERVER, 17, 101, 701, new byte[5]),
      packets.tcp(3_000, SERVER, CLIENT, 17, 701, 107, new byte[0])
    };
    send(first);
    table.packet(packets.tcp(1_000_000, CLIENT, SERVER, 2, 9_000, 0, new byte[0]));
    for (DecodedPacket p : first) {
      p.timestampNanos += 2_000_000_000L;
      p.clockNanos = p.timestampNanos;
      table.packet(p);
    }
    assertThat(observer.started).hasSize(2);
    assertThat(observer.started.get(1).originator.packets).isEqualTo(1);
    assertThat(observer.started.get(1).responder.packets).isZero();
    assertThat(observer.started.get(1).duplicates).isEqualTo(4);
  }

  @Test
  @DisplayName("the same record twice, of another time than its flow")
  void shouldIgnoreCopyWhoseTimeIsAstray() {
    Flow flow = send(data(0, 1, "hello"));
    int[] years = {-40, 1, 49, 130};
    for (int year : years) {
      send(astray(year, 1000 + year), astray(year, 1000 + year));
    }
    assertThat(flow.duplicates).as("one behind the other").isEqualTo(4);
    for (int year : years) {
      send(astray(year, 1000 + year));
    }
    assertThat(flow.duplicates).as("behind others").isEqualTo(8);
    assertThat(flow.originator.packets).isEqualTo(5);
  }

  private DecodedPacket astray(int years, int identification) {
    DecodedPacket p = data(0, identification, "hello");
    p.sequence += identification;
    p.timestampNanos += years * 31_556_952_000_000_000L;
    p.dating = Dating.ASTRAY;
    return p;
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
    List<DecodedPacket> seen = new ArrayList<>();
    long nanos = 0;
    int copies = 0;
    for (int i = 0; i < 20_000; i++) {
      nanos += chance.nextInt(300_000_000);
      long late = chance.nextInt(10) == 0 ? chance.nextInt(900_000_000) : 0;
      packets.identification = 1 + chance.nextInt(100);
      DecodedPacket p = packets.udp(nanos, CLIENT, SERVER, "hello");
      p.timestampNanos -= late;
      long before = table.counters().duplicates;
      boolean expected = seen.stream().anyMatch(other -> isCopy(other, p));
      table.packet(p);
      boolean actual = table.counters().duplicates > before;
      assertThat(actual).as("packet %d, seed 4", i).isEqualTo(expected);
      if (expected) {
        copies++;
      } else {
        seen.add(p);
      }
    }
    assertThat(copies).isBetween(1_000, 19_000);
    assertThat(observer.started).hasSize(1);
  }

  private static boolean isCopy(DecodedPacket before, DecodedPacket p) {
    return before.identification == p.identification
        && Math.abs(before.timestampNanos - p.timestampNanos) <= DuplicateFilter.WINDOW_NANOS;
  }
}
