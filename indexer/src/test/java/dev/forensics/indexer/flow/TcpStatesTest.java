package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TcpStatesTest {
  private final RecordingObserver observer = new RecordingObserver();
  private final FlowTable table = new FlowTable(FlowSettings.defaults(), observer);
  private final TcpConversation tcp = new TcpConversation(table);

  static Stream<Arguments> connections() {
    return Stream.of(
        row("S0", "S", "IDLE", c -> c.syn()),
        row("S0", "S", "IDLE", c -> c.syn().send(c.fromClient(2, 1000, 0, ""))),
        row("S1", "Sh", "IDLE", c -> c.syn().synAck()),
        row("S1", "ShA", "IDLE", c -> c.open()),
        row("S1", "ShADad", "IDLE", c -> c.open().client("hello").serverAck().server("hi")),
        row("REJ", "Sr", "RST", c -> c.syn().send(c.fromServer(20, 0, 1001, ""))),
        row("SF", "ShADadFf", "FIN", TcpStatesTest::whole),
        row("S2", "ShAF", "IDLE", c -> c.open().clientFin()),
        row("S3", "ShAf", "IDLE", c -> c.open().serverFin()),
        row("RSTO", "ShAR", "RST", c -> c.open().clientReset()),
        row("RSTR", "ShAr", "RST", c -> c.open().serverReset()),
        row("RSTOS0", "SR", "RST", c -> c.syn().clientReset()),
        row("RSTRH", "^hr", "RST", c -> c.synAck().serverReset()),
        row("SH", "SF", "IDLE", c -> c.syn().clientFin()),
        row("SHR", "^hf", "IDLE", c -> c.synAck().serverFin()),
        row("SF", "^hADFf", "FIN", c -> c.synAck().clientAck().client("x").clientFin().serverFin()),
        row("OTH", "DA", "IDLE", c -> c.client("x").clientAck()),
        row("OTH", "^dA", "IDLE", c -> c.server("x").clientAck()),
        row("S2", "ShQ", "IDLE", c -> c.syn().synAck().send(c.fromClient(3, 900, 0, ""))));
  }

  private static Arguments row(
      String state, String history, String reason, Consumer<TcpConversation> script) {
    return Arguments.of(state, history, reason, script);
  }

  private static void whole(TcpConversation c) {
    c.open().client("request").serverAck().server("answer").clientFin().serverFin();
  }

  @ParameterizedTest
  @MethodSource("connections")
  void shouldSummarizeAsZeekDoes(
      String state, String history, String reason, Consumer<TcpConversation> script) {
    script.accept(tcp);
    table.advance(TestPackets.START + 1000 * TestPackets.SECOND);

    assertThat(observer.ended).hasSize(1);
    Flow flow = observer.ended.get(0);
    assertThat(flow.connectionState).hasToString(state);
    assertThat(flow.history()).isEqualTo(history);
    assertThat(flow.endReason).hasToString(reason);
    assertThat(flow.originatorPort).isEqualTo(50000);
    assertThat(flow.midstream).isEqualTo(state.equals("OTH"));
  }

  @Test
  void shouldTellConnectionChanges() {
    whole(tcp);
    tcp.clientAck().serverFin();

    assertThat(observer.changes).containsExactly("RESPONDER S1", "ORIGINATOR S2", "RESPONDER SF");
  }

  @Test
  @DisplayName("a blind RST is recorded and ends nothing")
  void shouldNotEndByImplausibleReset() {
    tcp.open().client("hello").serverAck();
    tcp.send(tcp.fromServer(TestPackets.RST, tcp.serverSequence + 500_000_000, 0, ""));
    tcp.server("still here").clientAck();

    assertThat(table.counters().invalidResets).isEqualTo(1);
    assertThat(observer.started.get(0).connectionState).isEqualTo(ConnectionState.S1);
    assertThat(observer.started.get(0).history()).contains("r");
    assertThat(RecordingObserver.responder(observer.started.get(0))).isEqualTo("still here");
  }

  @Test
  void shouldCountLateAcknowledgmentsAndRetransmissionsInTheClosedFlow() {
    whole(tcp);
    tcp.clientAck().later(4000).serverFin().clientAck();
    table.advance(TestPackets.START + 20 * TestPackets.SECOND);

    assertThat(observer.started).hasSize(1);
    assertThat(observer.ended.get(0).originator.packets).isEqualTo(6);
    assertThat(observer.ended.get(0).endReason).isEqualTo(EndReason.FIN);
  }

  @Test
  void shouldBeginAnewWithNewSynOnClosedTuple() {
    whole(tcp);
    tcp.clientSequence = 77_000;
    tcp.syn();

    assertThat(observer.started).hasSize(2);
    assertThat(observer.ended.get(0).endReason).isEqualTo(EndReason.REUSED);
    assertThat(observer.ended.get(0).connectionState).isEqualTo(ConnectionState.SF);
  }

  @Test
  void shouldNotBeginAnewWithRetransmittedSyn() {
    tcp.open().client("a").send(tcp.fromClient(TestPackets.SYN, 1000, 0, "")).later(20_000);
    tcp.send(tcp.fromClient(TestPackets.SYN, 1000, 0, ""));

    assertThat(observer.started).hasSize(1);
    assertThat(observer.started.get(0).history()).isEqualTo("ShAD");
  }

  @Test
  @DisplayName("a SYN inside a busy connection ends it only when the responder answers it")
  void shouldBeginAnewWhenInnerSynIsAnswered() {
    tcp.open().client("a").send(tcp.fromClient(TestPackets.SYN, 900_000, 0, ""));
    assertThat(observer.started).hasSize(1);

    tcp.send(tcp.fromServer(TestPackets.SYN | TestPackets.ACK, 700_000, 900_001, ""));

    assertThat(observer.started).hasSize(2);
    assertThat(observer.ended.get(0).endReason).isEqualTo(EndReason.REUSED);
    assertThat(observer.started.get(1).originatorPort).isEqualTo(50000);
  }

  @Test
  void shouldBeginAnewWithSynOnSilentConnection() {
    tcp.open().client("a").later(6000);
    tcp.clientSequence = 900_000;
    tcp.syn();

    assertThat(observer.started).hasSize(2);
    assertThat(observer.ended.get(0).endReason).isEqualTo(EndReason.REUSED);
  }

  @Test
  void shouldRepeatHistoryLettersLogarithmically() {
    tcp.open().client("0123456789");
    for (int i = 0; i < 99; i++) {
      tcp.clientAhead(-10, "0123456789");
    }
    assertThat(observer.started.get(0).history()).isEqualTo("ShADTT");

    tcp.clientAhead(-10, "0123456789");

    assertThat(observer.started.get(0).history()).isEqualTo("ShADTTT");
    assertThat(observer.started.get(0).originator.retransmittedBytes()).isEqualTo(1000);
  }

  @Test
  void shouldKeepEighteenLetters() {
    Flow flow = new Flow();
    for (int i = 0; i < 30; i++) {
      History.add(flow, i % 2 == 0 ? Direction.ORIGINATOR : Direction.RESPONDER, 'Q');
    }
    assertThat(flow.history()).isEqualTo("Qq".repeat(9));
  }
}
