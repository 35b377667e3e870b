package dev.forensics.indexer.flow;

import static dev.forensics.indexer.flow.TestPackets.SECOND;
import static dev.forensics.indexer.flow.TestPackets.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.StopReason;
import dev.forensics.indexer.flow.TestPackets.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowTableTest {
  private static final Endpoint CLIENT = new Endpoint(1, 50000);
  private static final Endpoint SERVER = new Endpoint(2, 443);
  private static final byte[] NOTHING = new byte[0];

  private final RecordingObserver observer = new RecordingObserver();
  private final TestPackets packets = new TestPackets();
  private final FlowTable table = new FlowTable(FlowSettings.defaults(), observer);

  private static FlowSettings settings(int maxFlows, Duration active, boolean vlan) {
    FlowSettings d = FlowSettings.defaults();
    return new FlowSettings(
        maxFlows,
        d.maxBytes(),
        d.tcpIdle(),
        d.udpIdle(),
        d.icmpIdle(),
        d.otherIdle(),
        d.closedLinger(),
        active,
        d.reassemblyBytesPerDirection(),
        d.reassemblyBytesTotal(),
        d.packetPointers(),
        vlan,
        vlan);
  }

  private DecodedPacket udp(long nanos) {
    return packets.udp(nanos, CLIENT, SERVER, "x");
  }

  @Test
  void shouldJoinBothDirections() {
    table.packet(packets.udp(0, CLIENT, SERVER, "ask"));
    table.packet(packets.udp(1, SERVER, CLIENT, "answer"));

    assertThat(table.counters().current).isEqualTo(1);
    Flow flow = observer.started.get(0);
    assertThat(flow.originator.payloadBytes).isEqualTo(3);
    assertThat(flow.responder.payloadBytes).isEqualTo(6);
    assertThat(flow.responder.bytes).isEqualTo(60);
    assertThat(flow.originator.mac()).isEqualTo(1);
    assertThat(flow.responder.mac()).isEqualTo(2);
    assertThat(flow.endNanos).isEqualTo(START + 1);
  }

  @Test
  @DisplayName("a flow is over one nanosecond after its time-out, whether or not anybody looked")
  void shouldEndToTheNanosecond() {
    table.packet(udp(0));
    table.packet(udp(60 * SECOND));
    assertThat(observer.ended).isEmpty();

    table.packet(udp(120 * SECOND + 1));

    assertThat(observer.ended).hasSize(1);
    assertThat(observer.started).hasSize(2);
    assertThat(observer.ended.get(0).endReason).isEqualTo(EndReason.IDLE);
    assertThat(observer.ended.get(0).endNanos).isEqualTo(START + 60 * SECOND);
  }

  @Test
  void shouldKeepTcpThroughALongPoll() {
    new TcpConversation(table).open().client("poll").later(299_000).server("answer");
    assertThat(observer.started).hasSize(1);
    assertThat(observer.ended).isEmpty();
  }

  @Test
  void shouldEndSilentFlowsOfEachProtocolInPacketTime() {
    table.packet(packets.ip(0, 1, CLIENT, SERVER, NOTHING));
    table.packet(packets.ip(0, 47, CLIENT, SERVER, NOTHING));
    table.packet(udp(0));
    table.packet(packets.tcp(0, CLIENT, SERVER, 2, 1, 0, NOTHING));
    int[][] endedAt = {{31, 0}, {32, 1}, {61, 1}, {62, 3}, {301, 3}, {303, 4}};
    for (int[] at : endedAt) {
      table.advance(START + at[0] * SECOND);
      assertThat(observer.ended).as("after %d s", at[0]).hasSize(at[1]);
    }
    assertThat(table.counters().current).isZero();
    assertThat(table.counters().ended(EndReason.IDLE)).isEqualTo(4);
  }

  @Test
  void shouldEndAllWhenTheClockJumps() {
    for (int host = 1; host <= 5000; host++) {
      table.packet(packets.udp(host * 10_000_000L, new Endpoint(host, 9), SERVER, "x"));
    }
    table.packet(packets.udp(86_400 * SECOND * 400, CLIENT, SERVER, "x"));
    assertThat(table.counters().current).isEqualTo(1);
    assertThat(observer.ended).hasSize(5000);
  }

  @Test
  void shouldStayInOneFlowThoughTimestampsGoBack() {
    table.packet(udp(1000 * SECOND));
    for (int i = 0; i < 100; i++) {
      table.packet(udp(i * SECOND));
    }
    assertThat(observer.started).hasSize(1);
    assertThat(observer.started.get(0).originator.packets).isEqualTo(101);
  }

  @Test
  void shouldEvictTheLeastRecentlySeenWhenFlowsTakeTooMuchMemory() {
    FlowTable small = new FlowTable(FlowSettings.defaults().perWorker(302), observer); // 1 MB
    observer.bytesAByte = 200_000;
    for (int host = 1; host <= 5; host++) {
      small.packet(packets.udp(host, new Endpoint(host, 50_000), SERVER, "x"));
    }
    assertThat(observer.ended.stream().map(flow -> flow.originatorLow))
        .containsExactly(new Endpoint(1, 0).low());

    small.packet(packets.udp(6, new Endpoint(2, 50_000), SERVER, "xx"));
    assertThat(observer.ended.stream().map(flow -> flow.originatorLow))
        .containsExactly(
            new Endpoint(1, 0).low(), new Endpoint(3, 0).low(), new Endpoint(4, 0).low());
    assertThat(small.counters().ended(EndReason.EVICTED)).isEqualTo(3);
  }

  /** Alone, a flow may take what it takes; and what has ended takes nothing. */
  @Test
  void shouldForgetTheMemoryOfFlowsThatEnded() {
    FlowTable small = new FlowTable(FlowSettings.defaults().perWorker(302), observer);
    observer.bytesAByte = 2_000_000;
    for (int minute = 0; minute < 100; minute++) {
      small.packet(packets.udp(minute * 61L * SECOND, CLIENT, SERVER, "x"));
    }
    observer.bytesAByte = 0;
    for (int host = 10; host < 1_000; host++) {
      small.packet(packets.udp(6_100L * SECOND, new Endpoint(host, 50_000), SERVER, "x"));
    }

    assertThat(small.counters().ended(EndReason.EVICTED)).isZero();
  }

  @Test
  void shouldEvictTheLeastRecentlySeen() {
    FlowTable small = new FlowTable(settings(100, Duration.ofHours(1), false), observer);
    TcpConversation kept = new TcpConversation(small).open();
    for (int i = 0; i < 10_000; i++) {
      long nanos = SECOND + i * 1000L;
      small.packet(packets.tcp(nanos, new Endpoint(100 + i, 1), SERVER, 2, 5, 0, NOTHING));
      if (i % 50 == 0) {
        kept.send(packets.tcp(nanos, CLIENT, SERVER, 16, 1001, 5001 + i, NOTHING));
      }
    }
    assertThat(small.counters().current).isEqualTo(100);
    assertThat(small.counters().ended(EndReason.EVICTED)).isEqualTo(10_001 - 100);
    assertThat(observer.started.get(0).endReason).isNull();
    assertThat(observer.started.get(0).originator.packets).isEqualTo(202);
    assertThat(observer.ended.get(50).originatorLow).isEqualTo(0x0A000000L + 150);
  }

  @Test
  void shouldCutLongFlowsIntoSegmentsOnAGrid() {
    FlowTable cutting = new FlowTable(settings(100, Duration.ofSeconds(100), false), observer);
    TcpConversation tcp = new TcpConversation(cutting).open();
    for (int i = 0; i < 50; i++) {
      tcp.later(9_999).client("0123456789");
    }
    tcp.clientFin().serverFin();
    cutting.endAll(EndReason.END_OF_INPUT);

    assertThat(observer.lines).hasSizeBetween(5, 6);
    assertThat(observer.started).hasSize(1);
    long total = 0;
    for (int i = 0; i < observer.lines.size(); i++) {
      String line = observer.lines.get(i);
      boolean last = i == observer.lines.size() - 1;
      assertThat(line)
          .contains(" segment=" + (i + 1) + " ")
          .contains(last ? " FIN SF" : " ACTIVE S1");
      assertThat(line).contains("start=" + (START + 1_000_000L));
      total += line.chars().filter(c -> c == '|').count();
    }
    assertThat(total).isEqualTo(observer.lines.size());
    assertThat(cutting.counters().started).isEqualTo(1);
    assertThat(String.join("", observer.lines).split("0123456789", -1)).hasSize(51);
  }

  @Test
  void shouldGiveNoFlowToPacketsThatStopped() {
    DecodedPacket p = udp(0);
    p.stopLayer = dev.forensics.indexer.decode.Layer.TCP;
    p.stopReason = StopReason.TRUNCATED;
    table.packet(p);
    assertThat(table.counters().withoutFlow).isEqualTo(1);
    assertThat(table.counters().current).isZero();
  }

  @Test
  void shouldJoinVlansUnlessTheyAreInTheKey() {
    List<DecodedPacket> both = new ArrayList<>();
    both.add(packets.udp(0, CLIENT, SERVER, "ask"));
    both.add(packets.udp(1, SERVER, CLIENT, "answer"));
    both.get(0).vlanId = 10;
    both.get(1).vlanId = 20;
    both.forEach(table::packet);
    assertThat(table.counters().started).isEqualTo(1);
    assertThat(observer.started.get(0).vlanId).isEqualTo((short) 10);

    FlowTable apart = new FlowTable(settings(100, Duration.ofHours(1), true), observer);
    both.forEach(apart::packet);
    assertThat(apart.counters().started).isEqualTo(2);
    apart.endAll(EndReason.END_OF_INPUT);
    assertThat(apart.counters().current).isZero();
  }

  @Test
  void shouldCallWhenTheDeadlinePassed() {
    observer.waitNanos = 100;
    table.packet(udp(0));
    table.packet(udp(99));
    assertThat(observer.clocks).isEmpty();
    table.packet(udp(100));
    assertThat(observer.clocks).containsExactly(START + 100);
    table.advance(START + 700);
    assertThat(observer.clocks).containsExactly(START + 100);
    table.advance(START + 200 + SECOND);
    assertThat(observer.clocks).containsExactly(START + 100, START + 200);
  }

  @Test
  @DisplayName("a deadline behind the end of its flow is none, however late somebody looks")
  void shouldEndAFlowBeforeALaterDeadline() {
    observer.waitNanos = 20 * SECOND;
    new TcpConversation(table).open().client("x").clientFin().serverFin();
    table.advance(START + 3600 * SECOND);
    assertThat(observer.clocks).isEmpty();
    assertThat(observer.ended.get(0).endReason).isEqualTo(EndReason.FIN);
  }

  @Test
  void shouldHearADeadlineBeforeTheEndOfItsFlow() {
    observer.waitNanos = 20 * SECOND;
    table.packet(udp(0));
    table.packet(udp(3600 * SECOND));
    assertThat(observer.clocks).containsExactly(START + 20 * SECOND);
    assertThat(observer.lines.get(0)).startsWith("deadline");
    assertThat(observer.lines.get(1)).contains("IDLE");
  }

  @Test
  @DisplayName("a clock that is set back by an hour ends flows as before, from then on")
  void shouldTolerateAClockThatIsSetBack() {
    observer.waitNanos = 20 * SECOND;
    table.packet(udp(3600 * SECOND));
    table.advance(START + 10 * SECOND);
    observer.waitNanos = 0;
    DecodedPacket news = packets.udp(20 * SECOND, new Endpoint(3, 50000), SERVER, "news");
    news.clockNanos = news.timestampNanos;
    table.packet(news);
    table.advance(START + 29 * SECOND);
    assertThat(observer.clocks).isEmpty();
    table.advance(START + 31 * SECOND);
    assertThat(observer.clocks).containsExactly(START + 3620 * SECOND);
    table.advance(START + 71 * SECOND);
    assertThat(observer.ended).isEmpty();
    table.advance(START + 72 * SECOND);
    assertThat(observer.ended).hasSize(1);
  }

  @Test
  @DisplayName("while a capture is read again, time stands still for its flows")
  void shouldNotEndAFlowByTheClockOfARepetition() {
    DecodedPacket first = udp(0);
    table.packet(first);
    table.packet(udp(50 * SECOND));
    table.packet(first);
    table.advance(START + 109 * SECOND);
    assertThat(observer.ended).isEmpty();
    table.advance(START + 112 * SECOND);
    assertThat(observer.ended).hasSize(1);
    assertThat(observer.ended.get(0).duplicates).isEqualTo(1);
  }

  @Test
  void shouldTellWhenAFlowFellDueWhoeverIsInTheTable() {
    List<Long> alone = momentsOfEnd(false);
    assertThat(momentsOfEnd(true)).isEqualTo(alone).hasSize(1);
    assertThat(alone.get(0)).isGreaterThan(START).isLessThan(START + 3600 * SECOND);
  }

  /** The flow ends when somebody else's packet comes, soon or an hour later. */
  private static List<Long> momentsOfEnd(boolean isBusy) {
    List<Long> moments = new ArrayList<>();
    RecordingObserver noting = new RecordingObserver();
    FlowTable ending = new FlowTable(FlowSettings.defaults(), noting);
    noting.whenEnded = () -> moments.add(ending.momentNanos());
    ending.packet(new TestPackets().udp(0, CLIENT, SERVER, "x"));
    for (long second = 1; isBusy && second < 3600; second++) {
      ending.advance(START + second * SECOND);
    }
    ending.advance(START + 3600 * SECOND);
    return moments;
  }

  @Test
  void shouldEndClosedConnectionsForTheirOwnReason() {
    new TcpConversation(table).open().clientFin().serverFin();
    table.packet(packets.udp(SECOND, CLIENT, SERVER, "x"));
    table.endAll(EndReason.END_OF_INPUT);
    assertThat(observer.ended)
        .extracting(f -> f.endReason)
        .containsExactlyInAnyOrder(EndReason.FIN, EndReason.END_OF_INPUT);
  }

  @Test
  void shouldOrientMidstreamByPorts() {
    int[][] cases = {
      {443, 50000, 0}, {50000, 443, 1}, {22, 25, 0}, {25, 22, 1}, {8443, 40000, 0},
      {40000, 8443, 1}, {40000, 50000, 1}, {50000, 40000, 1}, {80, 80, 1}, {5222, 9000, 1}
    };
    for (int[] c : cases) {
      DecodedPacket p =
          packets.tcp(0, new Endpoint(7, c[0]), new Endpoint(8, c[1]), 16, 1, 1, NOTHING);
      assertThat(Orientation.senderOriginates(p)).as("%d > %d", c[0], c[1]).isEqualTo(c[2] == 1);
    }
    assertThat(Orientation.senderOriginates(packets.udp(0, new Endpoint(1, 53), CLIENT, "a")))
        .isFalse();
    assertThat(Orientation.senderOriginates(packets.udp(0, CLIENT, new Endpoint(1, 53), "a")))
        .isTrue();
  }

  /** Who is asked in a group answers from his own address: the question is not in that flow. */
  @Test
  void shouldOrientAnswersToQuestionsOfGroups() {
    int[][] cases = {
      {5355, 54022, 0},
      {54022, 5355, 1},
      {1900, 50000, 0},
      {3702, 50000, 0},
      {5353, 50000, 0},
      {5353, 5353, 1},
      {137, 50000, 0},
      {67, 68, 0},
      {68, 67, 1},
      {547, 546, 0},
      {5353, 53, 1},
      {27015, 50000, 1}
    };
    for (int[] c : cases) {
      DecodedPacket p = packets.udp(0, new Endpoint(7, c[0]), new Endpoint(8, c[1]), "a");
      assertThat(Orientation.senderOriginates(p)).as("%d > %d", c[0], c[1]).isEqualTo(c[2] == 1);
    }
    for (long group : new long[] {0xEFFFFFFAL, 0xFFFFFFFFL}) {
      DecodedPacket p = packets.udp(0, new Endpoint(7, 1900), new Endpoint(8, 6000), "a");
      p.destinationLow = group;
      assertThat(Orientation.senderOriginates(p)).isTrue();
    }
  }

  @Test
  void shouldFindEveryFlowWhateverWasRemovedBetween() {
    FlowTable churning = new FlowTable(settings(700, Duration.ofHours(1), false), observer);
    java.util.SplittableRandom random = new java.util.SplittableRandom(5);
    for (int i = 0; i < 200_000; i++) {
      Endpoint client = new Endpoint(random.nextInt(1000), 1 + random.nextInt(3));
      churning.packet(packets.udp(i * 1000L, client, SERVER, "x"));
    }
    FlowCounters counters = churning.counters();
    assertThat(counters.started - counters.current).isEqualTo(counters.ended(EndReason.EVICTED));
    churning.endAll(EndReason.END_OF_INPUT);
    assertThat(observer.ended.stream().mapToLong(f -> f.originator.packets).sum())
        .isEqualTo(200_000 - counters.duplicates);
  }
}
