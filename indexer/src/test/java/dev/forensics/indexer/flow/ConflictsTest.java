package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other bytes for the same sequence numbers, and what only looks like it. */
class ConflictsTest {
  private static final int ACK = TestPackets.ACK;

  private final List<StreamConflict> conflicts = new ArrayList<>();
  private final RecordingObserver observer =
      new RecordingObserver() {
        @Override
        public void conflict(Flow flow, StreamConflict conflict) {
          conflicts.add(conflict);
        }
      };
  private final FlowTable table = new FlowTable(FlowSettings.defaults(), observer);
  private final TcpConversation tcp = new TcpConversation(table);

  private Flow flow() {
    return observer.started.get(0);
  }

  private void assertConflict(long offset, int compared, int differing) {
    assertThat(conflicts).hasSize(1);
    StreamConflict conflict = conflicts.get(0);
    assertThat(conflict.offset()).isEqualTo(offset);
    assertThat(conflict.comparedBytes()).isEqualTo(compared);
    assertThat(conflict.differingBytes()).isEqualTo(differing);
    assertThat(flow().side(conflict.by()).conflictingBytes()).isEqualTo(differing);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldTellBothVersions() {
    tcp.open();
    DecodedPacket decoy = tcp.fromClient(ACK, tcp.clientSequence, tcp.serverSequence, "GET /decoy");
    decoy.ttl = 3;
    decoy.identification = 306;
    tcp.send(decoy).client("GET /truth here");
    assertConflict(5, 10, 5);
    StreamConflict conflict = conflicts.get(0);
    assertThat(conflict.by()).isEqualTo(Direction.ORIGINATOR);
    assertThat(conflict.sequence()).isEqualTo(1001 + 5);
    assertThat(text(conflict.accepted())).isEqualTo("GET /decoy");
    assertThat(text(conflict.refused())).isEqualTo("GET /truth here");
    assertThat(StreamConflict.ttl(conflict.acceptedOrigin())).isEqualTo(3);
    assertThat(StreamConflict.identification(conflict.acceptedOrigin())).isEqualTo(306);
    assertThat(StreamConflict.ttl(conflict.refusedOrigin())).isEqualTo(64);
    assertThat(RecordingObserver.originator(flow())).isEqualTo("GET /decoy here");
  }

  @Test
  void shouldSeeAnAnswerBehindAFinThatCameFirst() {
    tcp.open().client("GET /");
    tcp.send(
        tcp.fromServer(TestPackets.FIN | ACK, tcp.serverSequence, tcp.clientSequence, "302 go"));
    tcp.server("200 it is a longer one");
    assertConflict(0, 6, 4);
  }

  /** In the middle of a connection, behind bytes that were delivered long before. */
  @Test
  void shouldSeeItLater() {
    tcp.open();
    for (int i = 0; i < 30; i++) {
      tcp.client("request number " + i).server("answer " + i);
    }
    tcp.clientAhead(-4, "r 7X").clientAhead(-9, "number 29");
    assertThat(conflicts).hasSize(1);
    assertThat(flow().originator.conflictingBytes()).isEqualTo(2);
  }

  @Test
  void shouldCompareWithBytesThatAreKeptOutOfOrder() {
    tcp.open().clientAhead(4, "EFGH").clientAhead(4, "EXXH").client("ABCD");
    assertConflict(5, 4, 2);
    assertThat(RecordingObserver.originator(flow())).isEqualTo("ABCDEFGH");
  }

  @Test
  void shouldCompareWhereNobodyWantsThePayload() {
    tcp.open().client("first words");
    flow().refuse(Direction.ORIGINATOR);
    tcp.client("then these").clientAhead(-10, "then those");
    assertConflict(11 + 7, 10, 1);
  }

  @Test
  void shouldHearOfAFewAndCountAll() {
    tcp.open().client("abcdefgh");
    for (int i = 0; i < 100; i++) {
      tcp.clientAhead(-8, "ABCDefgh");
    }
    assertThat(conflicts).hasSize(Conflicts.HEARD);
    assertThat(flow().originator.conflictingBytes()).isEqualTo(400);
  }

  @Test
  void shouldTakeTheSameBytesInOtherSegmentsForNone() {
    tcp.open().client("abcdefgh").client("ijklmnop");
    tcp.clientAhead(-16, "abcdefghijklmnop").clientAhead(-10, "ghij").clientAhead(-3, "nopqrst");
    tcp.clientAhead(-16, "abcdefghijklmnopqrstuvw");
    assertThat(conflicts).isEmpty();
    assertThat(RecordingObserver.originator(flow())).isEqualTo("abcdefghijklmnopqrstuvw");
  }

  @Test
  void shouldNotCompareWhatWasNotCaptured() {
    tcp.open();
    tcp.send(TestPackets.cut(tcp.fromClient(ACK, tcp.clientSequence, 1, "abcdefgh"), 3));
    tcp.clientAhead(0, "abcXXXXX");
    tcp.send(TestPackets.cut(tcp.fromClient(ACK, tcp.clientSequence, 1, "abcdefgh"), 2));
    assertThat(conflicts).isEmpty();
  }

  @Test
  void shouldNotTakeProbesForConflicts() {
    tcp.open().client("abcdef").clientAhead(-1, "\0").clientAhead(-1, "z").clientAhead(0, "x");
    tcp.clientAhead(0, "ghi");
    assertThat(conflicts).isEmpty();
  }

  @Test
  void shouldNotTakePaddingForPayload() {
    tcp.open().clientAhead(0, "\0\0\0\0\0\0").client("GET /index");
    assertThat(conflicts).isEmpty();
  }

  @Test
  @DisplayName("padding was accepted, then a request came in its place, and was sent again")
  void shouldNotTakePaddingForPayloadWhenTheRestComesAgain() {
    tcp.open().client("\0\0").clientAhead(-2, "GET /index").clientAhead(-2, "GET /index");
    assertThat(conflicts).isEmpty();
    tcp.clientAhead(-2, "GET /INdex");
    assertThat(conflicts).as("other bytes, beside the padding").hasSize(1);
  }

  @Test
  void shouldCompareOverTheWrap() {
    tcp.clientSequence = -6;
    tcp.open().client("abcdefghij").clientAhead(-10, "abcdefghij");
    assertThat(conflicts).isEmpty();
    tcp.clientAhead(-10, "abcdEFghij");
    assertConflict(4, 10, 2);
  }

  /** Data in a SYN, sent again behind the handshake. */
  @Test
  void shouldNotTakeFastOpenForAConflict() {
    tcp.send(tcp.fromClient(TestPackets.SYN, tcp.clientSequence, 0, "GET /"));
    tcp.clientSequence++;
    tcp.synAck().client("GET / HTTP/1.1");
    assertThat(conflicts).isEmpty();
    assertThat(RecordingObserver.originator(flow())).isEqualTo("GET / HTTP/1.1");
  }

  @Test
  void shouldNotCompareConnectionsWithTheSameNumbers() {
    tcp.open().client("first").clientFin().serverFin();
    tcp.clientSequence = 1000;
    tcp.serverSequence = 5000;
    tcp.open().client("other").clientFin().serverFin();
    assertThat(conflicts).isEmpty();
  }

  /** Two networks with the same addresses. */
  @Test
  void shouldNotComparePacketsOfDifferentTunnels() {
    tcp.open().client("first network");
    DecodedPacket other = tcp.fromClient(ACK, tcp.clientSequence - 13, 5001, "other network");
    other.tunnelId = 2;
    tcp.send(other);
    assertThat(conflicts).isEmpty();
  }

  /** A segment as large as the stack of the sender hands it over, and its pieces once more. */
  @Test
  void shouldCompareTheEndOfALargeSegment() {
    String large = "0123456789".repeat(6_000);
    tcp.open().client(large);
    tcp.clientAhead(-60_000, large.substring(0, 1460)).clientAhead(-1000, large.substring(59_000));
    assertThat(conflicts).isEmpty();
    tcp.clientAhead(-1000, "x" + large.substring(59_001));
    assertConflict(59_000, 1000, 1);
  }

  /** Much is sent: the beginning of the last segment is still known, at any time. */
  @Test
  void shouldCompareTheLastBeginningBehindMuch() {
    tcp.open();
    for (int i = 0; i < 100; i++) {
      tcp.client("0123456789".repeat(140));
    }
    tcp.client("HTTP/1.1 200 OK").clientAhead(-15, "HTTP/1.1 302 no");
    assertConflict(140_000 + 9, 15, 4);
    assertThat(flow().seenBytes).isLessThan(500);
  }

  /** An injected page of many segments; the true answer begins with other bytes. */
  @Test
  void shouldCompareTheBeginningOfALongAnswer() {
    tcp.open();
    for (int i = 0; i < 3; i++) {
      tcp.client("GET /" + i).server("HTTP/1.1 200 OK" + i);
    }
    tcp.client("GET /");
    int begin = tcp.serverSequence;
    tcp.server("HTTP/1.1 200 OK: this is the injected one");
    for (int i = 0; i < 100; i++) {
      tcp.server("0123456789".repeat(140));
    }
    tcp.send(tcp.fromServer(ACK, begin, tcp.clientSequence, "HTTP/1.1 301 OK and so on"));
    assertThat(conflicts).hasSize(1);
    assertThat(conflicts.get(0).sequence()).isEqualTo(begin + 9);
    assertThat(text(conflicts.get(0).accepted())).startsWith("HTTP/1.1 200 OK: this");
    assertThat(flow().seenBytes).isEqualTo(seenBytes());
  }

  private int seenBytes() {
    return flow().originator.seen.memory() + flow().responder.seen.memory();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldFindNoneInAnyRetransmission(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 120_000; i++) {
      sent.append((char) random.nextInt(256));
    }
    tcp.clientSequence = random.nextInt();
    tcp.open();
    int base = tcp.clientSequence;
    int reached = 0;
    while (reached < sent.length()) {
      int from = Math.max(0, reached - random.nextInt(random.nextInt(4) == 0 ? 6000 : 3));
      from += random.nextInt(10) == 0 ? random.nextInt(3000) : 0;
      int to = Math.min(sent.length(), from + 1 + random.nextInt(2900));
      if (from >= to) {
        break;
      }
      DecodedPacket p = tcp.fromClient(ACK, base + from, 5001, sent.substring(from, to));
      tcp.send(random.nextInt(5) == 0 ? TestPackets.cut(p, random.nextInt(to - from + 1)) : p);
      reached = Math.max(reached, to);
      if (random.nextInt(50) == 0) {
        flow().refuse(Direction.ORIGINATOR);
      }
    }
    table.endAll(EndReason.END_OF_INPUT);
    assertThat(conflicts).isEmpty();
  }

  @Test
  void shouldKeepWithinItsBound() {
    tcp.open();
    for (int i = 0; i < 40; i++) {
      tcp.client("x".repeat(1400));
      assertThat(flow().seenBytes)
          .isLessThanOrEqualTo(SeenBytes.OWN_BYTES + SeenBytes.HEAD + SeenBytes.MOST);
    }
    flow().refuse(Direction.ORIGINATOR);
    assertThat(flow().seenBytes).isEqualTo(SeenBytes.OWN_BYTES + SeenBytes.HEAD + SeenBytes.LEAST);
    assertThat(flow().seenBytes).isEqualTo(flow().originator.seen.memory());
  }
}
