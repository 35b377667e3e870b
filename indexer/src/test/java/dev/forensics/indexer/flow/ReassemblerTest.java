package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReassemblerTest {
  private final RecordingObserver observer = new RecordingObserver();
  private final FlowTable table = new FlowTable(bounded(4096, 8192), observer);
  private final TcpConversation tcp = new TcpConversation(table);

  static FlowSettings bounded(int perDirection, long total) {
    Duration second = Duration.ofSeconds(1);
    return new FlowSettings(
        1000,
        FlowSettings.defaults().maxBytes(),
        second.multipliedBy(300),
        second.multipliedBy(60),
        second.multipliedBy(30),
        second.multipliedBy(60),
        second.multipliedBy(5),
        second.multipliedBy(3600),
        perDirection,
        total,
        4096,
        false,
        false);
  }

  private Flow flow() {
    return observer.started.get(0);
  }

  private String heard() {
    return RecordingObserver.originator(flow());
  }

  @Test
  void shouldDeliverInOrderFromThePacketItself() {
    tcp.open().client("GET / ").client("HTTP/1.1");
    assertThat(heard()).isEqualTo("GET / HTTP/1.1");
    assertThat(flow().originator.stream).isNull();
    assertThat(new String(flow().originator.firstPayload, StandardCharsets.ISO_8859_1))
        .isEqualTo("GET / HTTP/1.1");
  }

  @Test
  void shouldReorder() {
    tcp.open().clientAhead(4, "EFGH").clientAhead(8, "IJ");
    assertThat(heard()).isEmpty();
    assertThat(table.counters().reassemblyBytes).isEqualTo(6 + 2 * TcpStream.SEGMENT_CHARGE);

    tcp.client("ABCD");

    assertThat(heard()).isEqualTo("ABCDEFGHIJ");
    assertThat(flow().originator.outOfOrder()).isEqualTo(1);
    assertThat(table.counters().reassemblyBytes).isZero();
  }

  @Test
  @DisplayName("of bytes seen twice the first seen win, also among kept segments")
  void shouldPreferFirstSeen() {
    tcp.open().clientAhead(2, "cd").clientAhead(6, "gh").clientAhead(1, "BCDEFGHI");
    tcp.clientAhead(0, "abX");

    assertThat(heard()).isEqualTo("aBcdEFghI");
    assertThat(flow().originator.retransmittedBytes()).isEqualTo(4 + 2);
  }

  @Test
  @DisplayName("what waits in streams counts as the flows': past it the oldest flow ends")
  void shouldCountWhatWaitsAsTheFlows() {
    FlowSettings megabyte = FlowSettings.defaults().withBytes(1 << 20, 1 << 30);
    FlowTable small = new FlowTable(megabyte, observer);
    TestPackets packets = new TestPackets();
    String segment = "x".repeat(1000);
    for (int host = 1; host <= 20; host++) {
      TestPackets.Endpoint client = new TestPackets.Endpoint(100 + host, 50_000);
      TcpConversation open =
          new TcpConversation(small, packets, client, TcpConversation.SERVER, 1000, 5000);
      open.open();
      for (int i = 1; i <= 60; i++) {
        open.clientAhead(i * 1000, segment);
      }
      assertThat(small.counters().reassemblyBytes).isLessThan(1 << 20);
    }
    assertThat(small.counters().ended(EndReason.EVICTED)).isBetween(3L, 10L);
    assertThat(observer.ended.get(0).originatorLow).isEqualTo(0x0A000000L + 101);
  }

  @Test
  void shouldTrimRetransmissions() {
    tcp.open().client("abcdef").clientAhead(-3, "DEFgh");
    assertThat(heard()).isEqualTo("abcdefgh");
    assertThat(flow().originator.retransmittedBytes()).isEqualTo(3);
    assertThat(flow().history()).isEqualTo("ShADT");
  }

  @Test
  void shouldGiveUpAcknowledgedHoleWhenSegmentsFollow() {
    tcp.open().clientAhead(5, "fg").clientAhead(7, "hi").clientAhead(9, "jk");
    assertThat(heard()).isEmpty();

    tcp.send(tcp.fromServer(TestPackets.ACK, tcp.serverSequence, tcp.clientSequence + 11, ""));

    assertThat(heard()).isEqualTo("[5]fghijk");
    assertThat(flow().originator.gapBytes()).isEqualTo(5);
    assertThat(flow().history()).endsWith("G");
  }

  @Test
  void shouldGiveUpAcknowledgedHoleAfterAWhile() {
    tcp.open().clientAhead(5, "fg");
    tcp.send(tcp.fromServer(TestPackets.ACK, tcp.serverSequence, tcp.clientSequence + 7, ""));
    assertThat(heard()).isEmpty();

    tcp.later(100);
    tcp.send(tcp.fromServer(TestPackets.ACK, tcp.serverSequence, tcp.clientSequence + 7, ""));

    assertThat(heard()).isEqualTo("[5]fg");
  }

  @Test
  void shouldGiveUpHoleAtTheCapOfTheDirection() {
    tcp.open();
    String segment = "x".repeat(1000);
    for (int i = 0; i < 3; i++) {
      tcp.clientAhead(10 + i * 1000, segment);
    }
    assertThat(heard()).isEmpty();

    tcp.clientAhead(3010, segment);

    assertThat(heard()).isEqualTo("[10]" + segment.repeat(4));
    assertThat(table.counters().capGaps).isEqualTo(1);
    assertThat(table.counters().reassemblyBytes).isZero();
  }

  @Test
  void shouldKeepWithinTheCapOfTheTable() {
    TestPackets packets = new TestPackets();
    for (int host = 10; host < 110; host++) {
      TcpConversation each =
          new TcpConversation(
              table,
              packets,
              new TestPackets.Endpoint(host, 40000),
              TcpConversation.SERVER,
              host * 7919,
              1);
      each.open().clientAhead(10, "y".repeat(1000));
      assertThat(table.counters().reassemblyBytes).isLessThanOrEqualTo(8192);
    }
    assertThat(table.counters().capGaps).isEqualTo(94);
    assertThat(table.counters().reassemblyBytes).isEqualTo(6 * 1256);
  }

  @Test
  void shouldDeliverWhatIsLeftAtTheEnd() {
    tcp.open().clientAhead(2, "cd").clientAhead(7, "hi");
    table.endAll(EndReason.END_OF_INPUT);

    assertThat(observer.lines.get(0)).endsWith(" [2]cd[3]hi|");
    assertThat(flow().endReason).isEqualTo(EndReason.END_OF_INPUT);
    assertThat(table.counters().reassemblyBytes).isZero();
  }

  @Test
  @DisplayName("a keep-alive probe is no payload, whether empty or one byte")
  void shouldIgnoreKeepAlive() {
    tcp.open().client("abc").clientAhead(-1, "").clientAhead(-1, "\0").client("def");

    assertThat(heard()).isEqualTo("abcdef");
    assertThat(flow().originator.payloadBytes).isEqualTo(6);
    assertThat(flow().originator.retransmittedBytes()).isZero();
    assertThat(flow().history()).isEqualTo("ShAD");
  }

  @Test
  void shouldIgnoreKeepAliveAtMidstreamStart() {
    tcp.clientAhead(-1, "\0").client("GET /");
    assertThat(heard()).isEqualTo("GET /");
    assertThat(flow().midstream).isTrue();
  }

  @Test
  void shouldTakePayloadOfSyn() {
    tcp.send(tcp.fromClient(TestPackets.SYN, tcp.clientSequence, 0, "early"));
    tcp.clientSequence += 6;
    tcp.synAck().client("late");
    assertThat(heard()).isEqualTo("earlylate");
  }

  @Test
  void shouldFindHoleBehindSynAckSeenFirst() {
    tcp.synAck().clientAhead(3, "defg").clientAhead(0, "abc");
    assertThat(heard()).isEqualTo("abcdefg");
  }

  @Test
  void shouldReportBytesCutBySnaplen() {
    tcp.open();
    DecodedPacket cut =
        TestPackets.cut(
            tcp.fromClient(TestPackets.ACK, tcp.clientSequence, tcp.serverSequence, "0123456789"),
            4);
    tcp.send(cut).clientAhead(10, "next");
    tcp.send(TestPackets.cut(tcp.fromClient(16, tcp.clientSequence + 20, 1, "abcdef"), 2));
    tcp.clientAhead(14, "middle");

    assertThat(heard()).isEqualTo("0123[6]nextmiddleab[4]");
    assertThat(flow().originator.snaplenTruncated()).isTrue();
    assertThat(flow().responder.snaplenTruncated()).isFalse();
    assertThat(flow().originator.firstPayload).hasSize(4);
  }

  @Test
  void shouldFreeAtOnceWhatIsRefused() {
    tcp.open().clientAhead(4, "EFGH");
    flow().refuse(Direction.ORIGINATOR);
    assertThat(table.counters().reassemblyBytes).isZero();

    tcp.client("ABCD").clientAhead(8, "IJKL").server("heard");

    assertThat(heard()).isEmpty();
    assertThat(table.counters().reassemblyBytes).isZero();
    assertThat(flow().originator.payloadBytes).isEqualTo(12);
    assertThat(RecordingObserver.responder(flow())).isEqualTo("heard");
  }

  @Test
  @DisplayName("bytes that were captured are not missing since nobody wanted them any more")
  void shouldNotMissWhatWasKeptWhenItIsRefused() {
    tcp.open().clientAhead(4, "EFGH");
    flow().refuse(Direction.ORIGINATOR);
    tcp.clientAhead(8, "");
    table.endAll(EndReason.END_OF_INPUT);

    assertThat(flow().originator.gapBytes()).as("ABCD").isEqualTo(4);
  }

  @Test
  void shouldRememberRefusalOfASideThatHasNotSpoken() {
    tcp.syn();
    flow().refuse(Direction.RESPONDER);
    tcp.synAck().clientAck().server("unheard").client("heard");

    assertThat(RecordingObserver.responder(flow())).isEmpty();
    assertThat(heard()).isEqualTo("heard");
    assertThat(flow().responder.firstPayload).hasSize(7);
  }

  @Test
  void shouldFollowOneSide() {
    tcp.syn().client("only").client(" me").clientFin();
    table.endAll(EndReason.END_OF_INPUT);
    assertThat(observer.lines.get(0)).endsWith(" only me|");
    assertThat(flow().responder.packets).isZero();
    assertThat(flow().responder.mac()).isEqualTo(-1);
  }

  @Test
  void shouldDeliverDatagramsOneByOne() {
    TestPackets packets = new TestPackets();
    table.packet(packets.udp(0, TcpConversation.CLIENT, TcpConversation.SERVER, "one"));
    table.packet(
        TestPackets.cut(packets.udp(1, TcpConversation.CLIENT, TcpConversation.SERVER, "two"), 1));
    table.packet(packets.udp(2, TcpConversation.SERVER, TcpConversation.CLIENT, ""));

    assertThat(heard()).isEqualTo("onet[2]");
    assertThat(flow().originator.firstPayload).hasSize(3);
    assertThat(flow().connectionState).isEqualTo(ConnectionState.SF);
  }
}
