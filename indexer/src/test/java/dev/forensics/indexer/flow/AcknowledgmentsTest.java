package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import org.junit.jupiter.api.Test;

/** What one side's acknowledgments prove of a direction that was not captured. */
class AcknowledgmentsTest {
  private static final int ACK = TestPackets.ACK;

  private final RecordingObserver observer = new RecordingObserver();
  private final FlowTable table = new FlowTable(FlowSettings.defaults(), observer);
  private final TcpConversation tcp = new TcpConversation(table);

  private Flow flow() {
    return observer.started.get(0);
  }

  private void assertUncaptured(long ofClient, long ofServer) {
    assertThat(flow().uncapturedBytes(Direction.ORIGINATOR)).isEqualTo(ofClient);
    assertThat(flow().uncapturedBytes(Direction.RESPONDER)).isEqualTo(ofServer);
    table.endAll(EndReason.END_OF_INPUT);
    assertThat(flow().originator.gapBytes()).isEqualTo(ofClient);
    assertThat(flow().responder.gapBytes()).isEqualTo(ofServer);
    assertThat(flow().uncapturedBytes(Direction.RESPONDER)).isEqualTo(ofServer);
    assertThat(table.counters().gapBytes).isEqualTo(ofClient + ofServer);
  }

  /** The client acknowledges so many bytes more; nothing of the server is captured. */
  private TcpConversation answered(int bytes) {
    tcp.serverSequence += bytes;
    return tcp.clientAck();
  }

  private TcpConversation clientAlone() {
    tcp.syn().serverSequence++;
    return tcp.clientAck();
  }

  @Test
  void shouldCountWhatTheClientAcknowledged() {
    clientAlone().client("GET /");
    answered(300);
    tcp.client("GET /");
    answered(200);
    assertThat(flow().isOneWayCapture(Direction.RESPONDER)).isTrue();
    assertThat(flow().responder.packets).isZero();
    assertUncaptured(0, 500);
    assertThat(FlowSide.SILENT.stream).isNull();
  }

  @Test
  void shouldNotCountTheServersFin() {
    clientAlone().client("GET /");
    answered(300).clientFin();
    answered(1);
    assertUncaptured(0, 300);
  }

  @Test
  void shouldCountSingleBytesThatOthersFollow() {
    clientAlone().client("l");
    answered(1);
    answered(1);
    answered(1);
    answered(10);
    assertUncaptured(0, 13);
  }

  @Test
  void shouldCountTheClientLikewise() {
    tcp.synAck();
    tcp.clientSequence += 120;
    tcp.serverAck().server("HTTP/1.1 200 OK");
    tcp.clientSequence += 1;
    tcp.serverAck();
    assertThat(flow().isOneWayCapture(Direction.ORIGINATOR)).isTrue();
    assertUncaptured(120, 0);
  }

  @Test
  void shouldProveNothingWithoutGrowth() {
    clientAlone().client("GET /").clientAck();
    assertThat(flow().isOneWayCapture(Direction.RESPONDER)).isTrue();
    assertUncaptured(0, 0);
  }

  /** Data in a SYN that nobody answered: the client acknowledges nothing. */
  @Test
  void shouldNotTakeAnUnansweredSynForOneDirection() {
    tcp.send(tcp.fromClient(TestPackets.SYN, tcp.clientSequence, 0, "GET /"));
    assertThat(flow().isOneWayCapture(Direction.RESPONDER)).isFalse();
    assertUncaptured(0, 0);
  }

  @Test
  void shouldCountBeyondFourGibibytes() {
    clientAlone();
    for (int i = 0; i < 6_000; i++) {
      answered(1_000_000);
    }
    assertUncaptured(0, 6_000_000_000L);
  }

  @Test
  void shouldCountOverTheWrap() {
    tcp.serverSequence = -100;
    clientAlone();
    answered(150);
    assertUncaptured(0, 150);
  }

  /** One direction's packets stand in the file behind those of the other. */
  @Test
  void shouldTakeBackWhatStandsLaterInTheFile() {
    clientAlone().client("GET /");
    answered(2);
    tcp.serverSequence = 5000;
    tcp.synAck().server("OK");
    assertThat(RecordingObserver.responder(flow())).isEqualTo("OK");
    assertUncaptured(0, 0);
  }

  @Test
  void shouldTakeItBackWhereTheHandshakeIsMissing() {
    tcp.client("GET /");
    answered(2);
    answered(2);
    tcp.serverSequence -= 4;
    tcp.server("good");
    assertThat(RecordingObserver.responder(flow())).isEqualTo("good");
    assertUncaptured(0, 0);
  }

  @Test
  void shouldTellWhatIsMissingInFrontOfTheFirstBytes() {
    clientAlone().client("GET /");
    answered(300);
    tcp.server("end of it");
    assertThat(RecordingObserver.responder(flow())).isEqualTo("[300]end of it");
    assertUncaptured(0, 300);
  }

  /** The SYN-ACK and the first segment are lost; the handshake's end tells where the second is. */
  @Test
  void shouldFindTheHoleBehindALostSynAck() {
    clientAlone().client("GET /");
    tcp.serverSequence += 50;
    tcp.server("end of it").client("thanks");
    assertUncaptured(0, 50);
    assertThat(observer.lines.get(0)).endsWith("|[50]end of it");
  }

  @Test
  void shouldNotBelieveOnePacketFarAhead() {
    clientAlone().client("GET /");
    answered(300);
    int there = tcp.serverSequence;
    tcp.send(tcp.fromClient(ACK, tcp.clientSequence, there + 0x4000_0000, ""));
    tcp.send(tcp.fromClient(ACK, tcp.clientSequence, there + 0x4000_0000, ""));
    answered(100);
    assertUncaptured(0, 400);
  }

  @Test
  void shouldNotBelieveItAsTheFirstEither() {
    tcp.syn().synAck();
    tcp.send(tcp.fromClient(ACK, tcp.clientSequence, tcp.serverSequence + 0x3000_0000, ""));
    tcp.client("GET /").server("OK").clientAck();
    assertUncaptured(0, 0);
  }

  @Test
  void shouldNotBelieveItWhereBothDirectionsAreCaptured() {
    tcp.open().client("GET /").server("OK");
    tcp.send(tcp.fromClient(ACK, tcp.clientSequence, tcp.serverSequence + 500_000_000, ""));
    tcp.clientAck().server("more").clientAck();
    assertUncaptured(0, 0);
  }

  @Test
  void shouldTakeAJumpBackWhenTheNumbersReturn() {
    clientAlone().client("GET /");
    int there = tcp.serverSequence;
    tcp.send(tcp.fromClient(ACK, tcp.clientSequence, there + 0x4000_0000, ""));
    tcp.send(tcp.fromClient(ACK, tcp.clientSequence, there + 0x4000_0001, ""));
    answered(100);
    assertUncaptured(0, 100);
  }

  /** The capture itself lost many packets: the numbers go on from where they came to. */
  @Test
  void shouldBelieveAJumpThatGoesOn() {
    clientAlone().client("GET /");
    answered(50_000_000);
    answered(1000);
    assertUncaptured(0, 50_001_000);
  }

  @Test
  void shouldNotBelieveAPacketWithoutPayloadFarAhead() {
    tcp.open().client("GET /").server("OK");
    tcp.send(tcp.fromServer(ACK, tcp.serverSequence + 0x1000_0000, tcp.clientSequence, ""));
    assertUncaptured(0, 0);
  }

  @Test
  void shouldIgnoreTheNumberOfAReset() {
    clientAlone().client("GET /");
    tcp.send(tcp.fromClient(TestPackets.RST | ACK, tcp.clientSequence, 5001 + 9000, ""));
    assertUncaptured(0, 0);
  }

  @Test
  void shouldNotCountKeepAlivesAndZeroWindows() {
    clientAlone().client("GET /");
    for (int i = 0; i < 3; i++) {
      tcp.clientAhead(-1, "x");
      DecodedPacket full = tcp.fromClient(ACK, tcp.clientSequence, tcp.serverSequence, "");
      full.window = 0;
      tcp.send(full);
    }
    assertUncaptured(0, 0);
  }

  @Test
  void shouldTellHolesThatMayStillBeFilled() {
    tcp.open().clientAhead(10, "later").clientAhead(20, "last");
    assertThat(flow().uncapturedBytes(Direction.ORIGINATOR)).isEqualTo(10 + 5);
    assertUncaptured(15, 0);
  }

  /** A long one-sided flow: each segment tells what was acknowledged in it. */
  @Test
  void shouldCountInEachSegment() {
    clientAlone().client("GET /");
    for (int i = 0; i < 40; i++) {
      tcp.later(200_000);
      answered(10);
    }
    table.endAll(EndReason.END_OF_INPUT);
    assertThat(observer.ended).hasSizeGreaterThan(1);
    assertThat(table.counters().gapBytes).isEqualTo(400);
  }
}
