package dev.forensics.indexer.detect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.CapturedExchange;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import org.junit.jupiter.api.Test;

/** One direction, or its bytes, are not in the capture: what the rules say then. */
class OneWayCaptureTest {
  private static final String RULE = "http-on-https-port";
  private static final String GET = "GET /health HTTP/1.1\r\nHost: shop.example.org\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String LOGIN =
      "GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n";

  private final CapturedExchange exchange = new CapturedExchange();

  private void assertVerdict(Outcome outcome, Severity severity, String sentence) {
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict).isNotNull();
    assertThat(verdict.outcome()).isEqualTo(outcome);
    assertThat(verdict.severity()).isEqualTo(severity);
    assertThat(verdict.reason()).contains(sentence);
  }

  @Test
  void shouldSayThatTheAnswerIsNotInTheCapture() {
    exchange.capture(true, false).open().ask(GET, OK).close();
    assertVerdict(
        Outcome.REQUEST_ONLY,
        Severity.MEDIUM,
        "was seen, its answer was not: 40 bytes of the server are not in the capture");
  }

  /** Another file may have the answers: what is known at the end counts, not at the deadline. */
  @Test
  void shouldWaitForTheAnswersUntilTheEnd() {
    exchange.capture(true, false).open();
    for (int i = 0; i < 10; i++) {
      exchange.ask(GET, OK).later(20_000);
    }
    assertVerdict(Outcome.REQUEST_ONLY, Severity.MEDIUM, "400 bytes of the server");
    assertThat(exchange.end().flow().responder.gapBytes()).isEqualTo(10L * OK.length());
  }

  /** As where the two directions stand in two sections of a file, one behind the other. */
  @Test
  void shouldBelieveAnAnswerThatComesBehindTheDeadline() {
    exchange.capture(true, false).open().client(GET).later(70_000).clientAck();
    exchange.capture(false, true).server(OK);
    assertVerdict(Outcome.ACCEPTED, Severity.MEDIUM, "answered 200");
  }

  /** The same where the server's section, or file, comes first. */
  @Test
  void shouldBelieveARequestThatComesBehindTheDeadline() {
    exchange.capture(false, true).open().ask(GET, OK).later(70_000).serverAck();
    assertThat(exchange.soFar(RULE)).isNull();
    exchange.capture(true, false).inject(true, 64, CapturedExchange.PUSH, 1001, GET);
    assertVerdict(Outcome.ACCEPTED, Severity.MEDIUM, "answered 200");
  }

  /** As bad as the whole traffic would be. */
  @Test
  void shouldNotGradeItLowerThanTheWhole() {
    exchange.capture(true, false).open().ask(LOGIN, OK).close();
    assertVerdict(Outcome.REQUEST_ONLY, Severity.CRITICAL, "credentials of user user");
    assertThat(exchange.verdict("cleartext-credentials").severity()).isEqualTo(Severity.HIGH);
    assertThat(exchange.verdict("cleartext-credentials").reason())
        .contains("the answer to it was not captured");
  }

  @Test
  void shouldSayThatNothingOfTheServerWasCaptured() {
    exchange.capture(true, false).open().client(GET);
    assertVerdict(
        Outcome.REQUEST_ONLY, Severity.MEDIUM, "was seen, the server's direction was not captured");
  }

  @Test
  void shouldSayItOfAConnectionJoinedInItsMiddle() {
    exchange.capture(false, false).open().capture(true, false).ask(GET, OK).ask(GET, OK);
    assertVerdict(Outcome.REQUEST_ONLY, Severity.MEDIUM, "80 bytes of the server");
  }

  @Test
  void shouldSayItThoughTheClientBrokeOff() {
    exchange.capture(true, false).open().ask(GET, OK).clientReset();
    assertVerdict(Outcome.REQUEST_ONLY, Severity.MEDIUM, "40 bytes of the server");
  }

  /** The answers' packets are lost, the server's acknowledgments are there. */
  @Test
  void shouldSayThatTheAnswersWereLost() {
    exchange.open().client(GET).serverAck().capture(true, false).server(OK);
    exchange.capture(true, true).clientAck().close();
    assertVerdict(Outcome.REQUEST_ONLY, Severity.MEDIUM, "40 bytes of the server");
    assertThat(exchange.end().verdict(RULE).confidence()).isEqualTo(85);
  }

  /** Neither the answer nor its acknowledgment, but the server's number has moved on. */
  @Test
  void shouldSeeItByTheServersOwnNumbers() {
    exchange.open().client(GET).capture(false, false).server(OK);
    exchange.capture(false, true).serverAck();
    assertVerdict(Outcome.REQUEST_ONLY, Severity.MEDIUM, "40 bytes of the server");
  }

  @Test
  void shouldCallAServerUnansweringThatWasHeardAndStayedSilent() {
    exchange.open().client(GET).serverAck().later(70_000).serverAck();
    assertVerdict(Outcome.UNANSWERED, Severity.LOW, "got no HTTP answer");
  }

  @Test
  void shouldCallItSoWithTheHandshakeAlone() {
    exchange.open().client(GET);
    assertVerdict(Outcome.UNANSWERED, Severity.LOW, "got no HTTP answer");
  }

  @Test
  void shouldStillSayThatAConnectionWasReset() {
    exchange.open().client(GET).clientReset();
    assertVerdict(Outcome.RESET, Severity.LOW, "cut off by a reset");
  }

  @Test
  void shouldTellWhatTheClientSaidUnseen() {
    exchange.capture(false, true).open().ask(GET, OK).close();
    assertVerdict(
        Outcome.RESPONSE_ONLY,
        Severity.MEDIUM,
        "was seen, its request was not: 48 bytes of the client are not in the capture");
  }

  @Test
  void shouldTellThatRequestsWereLost() {
    exchange.open().capture(false, true).ask(GET, OK).capture(true, true).close();
    assertVerdict(Outcome.RESPONSE_ONLY, Severity.MEDIUM, "48 bytes of the client");
  }

  /** Not a byte less than what the client acknowledged; no more for an absurd number. */
  @Test
  void shouldNotBelieveAnAbsurdAcknowledgment() {
    exchange.open().client(GET);
    exchange.inject(false, 52, CapturedExchange.PUSH, exchange.serverSequence() + (1 << 30), "");
    assertVerdict(Outcome.UNANSWERED, Severity.LOW, "got no HTTP answer");
  }
}
