package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import org.junit.jupiter.api.Test;

/** Bytes that were sent last and are not in the capture. */
class LostAtTheEndTest {
  private static final int ACK = TestPackets.ACK;

  private final RecordingObserver observer = new RecordingObserver();
  private final FlowTable table = new FlowTable(FlowSettings.defaults(), observer);
  private final TcpConversation tcp = new TcpConversation(table);

  private Flow ended() {
    table.endAll(EndReason.END_OF_INPUT);
    assertThat(observer.ended).hasSize(1);
    return observer.ended.get(0);
  }

  private void assertLost(long ofClient, long ofServer) {
    Flow flow = ended();
    assertThat(flow.originator.gapBytes()).isEqualTo(ofClient);
    assertThat(flow.responder.gapBytes()).isEqualTo(ofServer);
    assertThat(table.counters().gapBytes).isEqualTo(ofClient + ofServer);
  }

  /** The client sends bytes that are not captured. */
  private TcpConversation lose(int bytes) {
    tcp.clientSequence += bytes;
    return tcp;
  }

  @Test
  void shouldCountASegmentLostRightBeforeTheFin() {
    tcp.open().client("GET /").serverAck();
    lose(700).clientFin().serverAck().serverFin().clientAck();
    assertLost(700, 0);
    assertThat(observer.lines.get(0)).contains("GET /[700]");
  }

  @Test
  void shouldCountItOnceWhereTheFinCarriesBytes() {
    tcp.open().client("GET /").serverAck();
    lose(700);
    tcp.send(tcp.fromClient(TestPackets.FIN | ACK, tcp.clientSequence, tcp.serverSequence, "end"));
    tcp.clientSequence += 4;
    tcp.serverAck().serverFin().clientAck();
    assertLost(700, 0);
  }

  @Test
  void shouldNotCountWhatOnlyCameBehindTheFin() {
    tcp.open().client("GET /").serverAck();
    tcp.send(tcp.fromClient(TestPackets.FIN | ACK, tcp.clientSequence + 3, 5001, ""));
    tcp.client("abc");
    lose(1).serverAck().serverFin().clientAck();
    assertLost(0, 0);
  }

  @Test
  void shouldCountBeforeAFinNobodyAnswered() {
    tcp.open().client("GET /").serverAck();
    lose(700).clientFin();
    assertLost(700, 0);
  }

  @Test
  void shouldNotBelieveAFinFarAhead() {
    tcp.open().client("GET /").serverAck();
    tcp.send(tcp.fromClient(TestPackets.FIN | ACK, tcp.clientSequence + (1 << 28), 5001, ""));
    assertLost(0, 0);
  }

  @Test
  void shouldCountWhatWasOnlyAcknowledged() {
    tcp.open().client("GET /").serverAck();
    lose(3000).serverAck();
    assertLost(3000, 0);
  }

  @Test
  void shouldCountWhatWasAcknowledgedBeforeAReset() {
    tcp.open().client("GET /").serverAck();
    lose(3000).serverAck().clientReset();
    assertLost(3000, 0);
  }

  /** Whoever injects a reset often sends it ahead of the stream. */
  @Test
  void shouldNotTakeAResetAheadForLostBytes() {
    tcp.open().client("GET /").serverAck();
    tcp.send(tcp.fromClient(TestPackets.RST, tcp.clientSequence + 1460, 0, ""));
    assertLost(0, 0);
  }

  @Test
  void shouldCountAHoleAndTheEnd() {
    tcp.open().client("GET /").clientAhead(10, "later");
    lose(15 + 40).clientFin().serverAck().serverFin().clientAck();
    assertLost(10 + 40, 0);
  }

  @Test
  void shouldNotCountTheFinItself() {
    tcp.open().client("GET /").server("OK").clientFin().serverFin().clientAck().serverAck();
    assertLost(0, 0);
  }

  @Test
  void shouldTakeOneByteBeyondForAFinThatIsNotInTheCapture() {
    tcp.open().client("GET /").server("OK");
    lose(1).serverAck().serverFin().clientAck();
    assertLost(0, 0);
  }

  @Test
  void shouldNotCountKeepAlivesNorZeroWindows() {
    tcp.open().client("GET /").server("OK").clientAck();
    for (int i = 0; i < 3; i++) {
      tcp.send(tcp.fromClient(ACK, tcp.clientSequence - 1, tcp.serverSequence, "\0"));
      tcp.serverAck();
    }
    sendFull();
    // A probe of the window carries the next byte, which is refused and sent again.
    tcp.clientAhead(0, "x");
    sendFull();
    tcp.client("xyz").serverAck().clientFin().serverAck();
    assertLost(0, 0);
  }

  private void sendFull() {
    DecodedPacket full = tcp.fromServer(ACK, tcp.serverSequence, tcp.clientSequence, "");
    full.window = 0;
    tcp.send(full);
  }

  @Test
  void shouldCountADirectionOfWhichNothingWasCaptured() {
    tcp.synAck().serverAck();
    lose(500);
    tcp.server("answer").serverAck();
    assertLost(500, 0);
  }

  @Test
  void shouldCountWhatPacketsWithoutPayloadSayWasSent() {
    tcp.open().client("GET /");
    tcp.serverSequence += 700;
    tcp.serverAck();
    assertLost(0, 700);
  }

  @Test
  void shouldNotCountWhatOnlyCameBehindAPacketWithoutPayload() {
    tcp.open().client("GET /");
    tcp.serverSequence += 3;
    tcp.serverAck();
    tcp.serverSequence -= 3;
    tcp.server("abc").serverAck();
    assertLost(0, 0);
  }

  @Test
  void shouldCountFromTheFirstCapturedByteOfAMidstreamFlow() {
    tcp.client("middle").serverAck();
    lose(200).serverAck();
    assertLost(200, 0);
  }

  @Test
  void shouldCountWhereNobodyWantsThePayloadAnyMore() {
    tcp.open().client("GET /").serverAck();
    observer.started.get(0).refuse(Direction.ORIGINATOR);
    lose(700).serverAck();
    assertLost(700, 0);
  }
}
