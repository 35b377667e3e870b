package dev.forensics.indexer.detect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.CapturedExchange;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import org.junit.jupiter.api.Test;

/** Of each packet only the first bytes are in the capture: no verdict claims more than they say. */
class CutAnswerTest {
  private static final String RULE = "http-on-https-port";
  private static final String GET = "GET /p HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String PAGE =
      "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>";
  private static final String REFUSED =
      "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 77\r\n\r\n" + PAGE;
  private static final String FOUND = "HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n" + PAGE;
  private static final String POST =
      "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nuser=adam";

  private static Verdict verdict(int snap, String request, String answer) {
    CapturedExchange exchange = new CapturedExchange().snap(snap).open();
    return exchange.ask(request, answer).close().verdict(RULE);
  }

  @Test
  void shouldNotTakeARefusalForAnAcceptance() {
    for (int snap = 8; snap <= REFUSED.length(); snap++) {
      Verdict verdict = verdict(snap, GET, REFUSED);
      boolean told = snap >= REFUSED.indexOf(" port"); // these words are enough
      assertThat(verdict.outcome())
          .as("%d bytes", snap)
          .isEqualTo(told ? Outcome.REJECTED : Outcome.REQUEST_ONLY);
      assertThat(verdict.confidence()).isLessThan(snap < REFUSED.length() ? 90 : 100);
    }
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThat(verdict(80, GET, REFUSED).reason())
        .contains("was answered in plaintext with 400, which may refuse it")
        .contains(" bytes of the server are not in the capture");
    assertThat(verdict(10, GET, REFUSED).reason())
        .contains("bytes of the server are not in the capture");
  }

  @Test
  void shouldKnowAnAcceptanceByItsStatus() {
    for (int snap = 16; snap <= FOUND.length(); snap++) {
      assertThat(verdict(snap, GET, FOUND).outcome())
          .as("%d bytes", snap)
          .isEqualTo(Outcome.ACCEPTED);
    }
  }

  @Test
  void shouldKnowTheAnswerWhoseBodyIsNoRefusal() {
    String answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    CapturedExchange exchange = new CapturedExchange().open().ask(GET, answer);
    exchange.capture(true, false).server(FOUND).capture(true, true).clientAck();
    assertThat(exchange.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldGradeABodyThatIsCutOff() {
    for (int snap = 22; snap <= POST.length(); snap++) {
      Verdict verdict = verdict(snap, POST, FOUND);
      assertThat(verdict.severity()).as("%d bytes", snap).isEqualTo(Severity.HIGH);
      assertThat(verdict.reason()).contains("sent in the clear: a body");
    }
    assertThat(verdict(30, GET.replace("/p", "/" + "p".repeat(40)), FOUND).severity())
        .isEqualTo(Severity.MEDIUM);
  }
}
