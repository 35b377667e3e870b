package dev.forensics.indexer.detect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.detect.CapturedExchange;
import dev.forensics.indexer.detect.InspectedFlow;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.ConnectionState;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resets: who goes on behind one did not obey it; what was under way is no going on. */
class InjectedResetTest {
  private static final String RULE = "http-on-https-port";
  private static final String GET = "GET /health HTTP/1.1\r\nHost: shop.example.org\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String PAGE = "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n";
  private static final String NOTE =
      "a reset stood in the stream which the connection did not obey";
  private static final int RST = PacketBuilder.RST;
  private static final int RST_ACK = PacketBuilder.RST | PacketBuilder.ACK;

  private final CapturedExchange exchange = new CapturedExchange();

  private void assertAccepted() {
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(verdict.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(verdict.reason()).contains(NOTE);
  }

  private InspectedFlow assertReset() {
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.RESET);
    assertThat(verdict.severity()).isEqualTo(Severity.LOW);
    assertThat(verdict.reason()).doesNotContain(NOTE);
    assertThat(exchange.flows().get(0).flow().ignoredResets()).isZero();
    return exchange.flows().get(0);
  }

  /** Right where it is expected, a little ahead, with text, from near and from far. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 60_000})
  void shouldGoOnBehindAReset(int ahead) {
    exchange.open().client(GET);
    exchange.inject(true, 9, RST, exchange.clientSequence() + ahead, "blocked by policy");
    exchange.serverAck().server(OK).clientAck().ask(GET, OK).close();
    assertAccepted();
    InspectedFlow ended = exchange.flows().get(0);
    assertThat(ended.flow().connectionState).isEqualTo(ConnectionState.SF);
    assertThat(ended.flow().history()).isEqualTo("ShADRadFf");
    assertThat(ended.flow().ignoredResets()).isEqualTo(1);
    assertThat(exchange.flows()).hasSize(1);
  }

  /** Where it is ahead, it may have overtaken an answer. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 60_000})
  void shouldGoOnBehindAResetInTheServersName(int ahead) {
    exchange.open().client(GET).serverAck();
    exchange.inject(false, 60, RST_ACK, exchange.serverSequence() + ahead, "");
    exchange.server(OK).clientAck();
    assertThat(exchange.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(exchange.flows().get(0).flow().ignoredResets()).isEqualTo(1);
    assertThat(exchange.flows().get(0).flow().connectionState).isEqualTo(ConnectionState.S1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -5000, 900_000_000, Integer.MIN_VALUE})
  @DisplayName("a RST outside the window is none, even with nothing behind it")
  void shouldTakeNoResetFromOutsideTheWindow(int ahead) {
    exchange.open().client(GET).serverAck();
    exchange.inject(false, 60, RST, exchange.serverSequence() + ahead, "");
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.UNANSWERED);
    assertThat(verdict.reason()).contains(NOTE);
  }

  @Test
  void shouldWaitForWhatComesBehindAReset() {
    exchange.open().client(GET).clientReset();
    assertThat(exchange.soFar(RULE)).isNull();
    exchange.server(OK).clientAck();
    assertThat(exchange.soFar(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  /** Forged in both names, again and again, as filters do. */
  @Test
  void shouldGoOnBehindABurstInBothNames() {
    exchange.open().client(GET);
    for (int i = 0; i < 3; i++) {
      exchange.inject(true, 9, RST, exchange.clientSequence() + 1460 * i, "");
      exchange.inject(false, 9, RST, exchange.serverSequence() + 1460 * i, "");
    }
    exchange.serverAck().server(OK).clientAck().close();
    assertAccepted();
    InspectedFlow ended = exchange.flows().get(0);
    assertThat(ended.flow().connectionState).isEqualTo(ConnectionState.SF);
    assertThat(ended.flow().ignoredResets()).isEqualTo(6);
  }

  @Test
  void shouldGoOnBehindAResetInsideTheHandshake() {
    exchange.inject(true, 64, PacketBuilder.SYN, exchange.clientSequence(), "");
    exchange.inject(true, 9, RST, exchange.clientSequence() + 1, "");
    exchange.open().ask(GET, OK).close();
    assertAccepted();
    InspectedFlow ended = exchange.flows().get(0);
    assertThat(ended.flow().connectionState).isEqualTo(ConnectionState.SF);
  }

  @Test
  @DisplayName("a connection that goes on behind a forged RST may be reset in earnest later")
  void shouldObeyALaterReset() {
    exchange.open().client(GET);
    exchange.inject(false, 9, RST, exchange.serverSequence(), "");
    exchange.server("HTTP/1.1 100 Continue\r\n\r\n").clientAck();
    exchange.client("more").clientReset();
    InspectedFlow ended = exchange.end();
    assertThat(ended.flow().connectionState).isEqualTo(ConnectionState.RSTO);
    assertThat(ended.flow().history()).isEqualTo("ShADrdR");
    assertThat(exchange.soFar(RULE).outcome()).isEqualTo(Outcome.RESET);
    assertThat(exchange.soFar(RULE).reason()).contains(NOTE);
  }

  @Test
  @DisplayName("segments of the server that were under way when the client reset")
  void shouldStayResetWithAnswersUnderWay() {
    exchange.open().client(GET).serverAck().clientReset();
    exchange.server(PAGE).server("a".repeat(1400)).server("a".repeat(1400));
    exchange.clientReset().clientReset();
    assertThat(assertReset().flow().connectionState).isEqualTo(ConnectionState.RSTO);
  }

  @Test
  @DisplayName("segments of the client that were under way when the server reset")
  void shouldStayResetWithRequestsUnderWay() {
    exchange.open().client(GET);
    exchange.inject(false, 52, RST, exchange.serverSequence(), "");
    exchange.client(GET).client(GET).clientAck();
    exchange.inject(false, 52, RST, exchange.serverSequence(), "");
    assertThat(assertReset().flow().connectionState).isEqualTo(ConnectionState.RSTR);
  }

  @Test
  void shouldStayResetWhereOnlyTheSameIsSentAgain() {
    exchange.open().client(GET).serverAck();
    exchange.inject(false, 52, RST_ACK, exchange.serverSequence(), "");
    for (int i = 0; i < 3; i++) {
      exchange.inject(true, 64, CapturedExchange.PUSH, 1001, GET).serverAck().clientAck();
    }
    assertReset();
  }

  @Test
  @DisplayName("a true reset that the capture saw before the answer in front of it")
  void shouldBelieveAnAnswerThatItsResetOvertook() {
    exchange.open().client(GET);
    exchange.inject(false, 52, RST_ACK, exchange.serverSequence() + OK.length(), "");
    exchange.server(OK).clientAck();
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(verdict.reason()).doesNotContain(NOTE);
    assertThat(exchange.flows().get(0).flow().connectionState).isEqualTo(ConnectionState.RSTR);
  }

  @Test
  void shouldSeeOneSideGoOn() {
    exchange.capture(true, false).open().client(GET);
    exchange.inject(true, 9, RST, exchange.clientSequence(), "");
    exchange.server(OK).clientAck().ask(GET, OK).close();
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.REQUEST_ONLY);
    assertThat(verdict.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(verdict.reason()).contains(NOTE);
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("resets at drawn places of a conversation that ends well change no verdict")
  void shouldGoOnBehindResetsAnywhere(int seed) {
    Random random = new Random(seed);
    exchange.open();
    for (int i = 0; i < 4; i++) {
      maybeReset(random);
      exchange.client(GET);
      maybeReset(random);
      exchange.serverAck();
      maybeReset(random);
      exchange.server(OK);
      maybeReset(random);
      exchange.clientAck();
    }
    exchange.inject(random.nextBoolean(), 9, RST, random.nextInt(), "");
    exchange.close();
    assertThat(exchange.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(exchange.soFar(RULE).severity()).isEqualTo(Severity.MEDIUM);
    InspectedFlow ended = exchange.flows().get(0);
    assertThat(ended.flow().ignoredResets()).isPositive();
    assertThat(ended.flow().connectionState).as("seed " + seed).isEqualTo(ConnectionState.SF);
    assertThat(exchange.flows()).hasSize(1);
  }

  private void maybeReset(Random random) {
    if (random.nextInt(3) == 0) {
      boolean client = random.nextBoolean();
      int expected = client ? exchange.clientSequence() : exchange.serverSequence();
      int ahead = random.nextBoolean() ? 0 : random.nextInt(70_000) - 1000;
      exchange.inject(client, random.nextInt(60) + 1, RST, expected + ahead, "");
    }
  }
}
