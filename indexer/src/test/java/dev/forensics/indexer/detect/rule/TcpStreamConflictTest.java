package dev.forensics.indexer.detect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.CapturedExchange;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.conflict.ConflictFacts;
import dev.forensics.indexer.flow.Direction;
import org.junit.jupiter.api.Test;

/** Injected answers and decoys through decoder, flow table and rules. */
class TcpStreamConflictTest {
  private static final String RULE = "tcp-stream-conflict";
  private static final int PUSH = CapturedExchange.PUSH;
  private static final int PUSH_FIN = PUSH | 1;
  private static final String GET = "GET /health HTTP/1.1\r\nHost: shop.example.org\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String REDIRECT =
      "HTTP/1.1 302 Found\r\nLocation: http://block.example.net/?u=a\r\nContent-Length: 0\r\n\r\n";

  private final CapturedExchange exchange = new CapturedExchange().open();

  private Verdict verdict(Severity severity, int confidence) {
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict).isNotNull();
    assertThat(verdict.severity()).isEqualTo(severity);
    assertThat(verdict.confidence()).isEqualTo(confidence);
    return verdict;
  }

  @Test
  void shouldRaiseAnInjectedAnswer() {
    exchange.client(GET);
    exchange.inject(false, 55, PUSH_FIN, exchange.serverSequence(), REDIRECT);
    exchange.server(OK).clientAck().close();
    assertThat(verdict(Severity.HIGH, 95).reason())
        .startsWith("The server's direction of a connection to port 443 has two versions")
        .contains("first HTTP answer 302 (82 bytes, TTL 55)")
        .contains("then HTTP answer 200 (40 bytes, TTL 52)")
        .contains("from offset 9 on")
        .contains("injected");
    ConflictFacts facts = exchange.end().facts().get(ConflictFacts.class);
    assertThat(facts.by).isEqualTo(Direction.RESPONDER);
    assertThat(facts.sequence).isEqualTo(5010);
    assertThat(facts.accepted.sha256()).as("text can be guessed").isNull();
    assertThat(facts.refused.sha256()).isNull();
    assertThat(exchange.end().flow().responder.conflictingBytes()).isPositive();
  }

  /** Amid a connection that was used before, and the true answer is many segments behind. */
  @Test
  void shouldRaiseItAtTheTenthAnswer() {
    for (int i = 0; i < 9; i++) {
      exchange.ask(GET, OK);
    }
    exchange.client(GET);
    exchange.inject(false, 200, PUSH, exchange.serverSequence(), REDIRECT);
    exchange.server(OK + "x".repeat(500)).clientAck().close();
    verdict(Severity.HIGH, 95);
  }

  @Test
  void shouldRaiseADecoyAndNameBothHosts() {
    String decoy = "GET / HTTP/1.1\r\nHost: www.example.net\r\n\r\n";
    exchange.inject(true, 3, PUSH, exchange.clientSequence(), decoy);
    exchange.ask("GET / HTTP/1.1\r\nHost: hidden.example.org\r\n\r\n", OK).close();
    assertThat(verdict(Severity.HIGH, 95).reason())
        .contains("first HTTP request GET for host www.example.net (41 bytes, TTL 3)")
        .contains("then HTTP request GET for host hidden.example.org (44 bytes, TTL 64)")
        .contains("decoy");
    assertThat(exchange.end().verdict("http-on-https-port").reason())
        .contains("for host www.example.net")
        .contains("the same bytes came again as HTTP request GET for host hidden.example.org");
  }

  @Test
  void shouldSeeADecoyHelloOfTls() {
    exchange.inject(true, 4, PUSH, exchange.clientSequence(), hello("www.example.net"));
    exchange.client(hello("secret.example.org"));
    assertThat(verdict(Severity.HIGH, 95).reason())
        .contains("TLS ClientHello for host www.example.net")
        .contains("TLS ClientHello for host secret.example.org");
  }

  private static String hello(String name) {
    String sni = u16(name.length() + 5) + u16(name.length() + 3) + "\0" + u16(name.length()) + name;
    String extensions = "\0\0" + sni;
    String body =
        "\3\3" + "r".repeat(32) + "\0" + u16(2) + "\u0013\1" + "\1\0" + u16(extensions.length());
    String message = body + extensions;
    String handshake = "\1\0" + u16(message.length()) + message;
    return "\u0016\3\1" + u16(handshake.length()) + handshake;
  }

  private static String u16(int value) {
    return "" + (char) (value >> 8) + (char) (value & 0xFF);
  }

  @Test
  void shouldGradeTheSameWayLower() {
    exchange.client(GET);
    exchange.inject(false, 52, PUSH, exchange.serverSequence(), REDIRECT);
    exchange.server(OK).close();
    verdict(Severity.MEDIUM, 85);
  }

  @Test
  void shouldGradeUnknownBytesLower() {
    exchange.client("whatever this is");
    exchange.inject(true, 64, PUSH, exchange.clientSequence() - 16, "WHATEVER THAT IS");
    verdict(Severity.LOW, 70);
  }

  /** What a fault of the line leaves. */
  @Test
  void shouldGradeAFewBytesLowest() {
    exchange.client(GET);
    exchange.inject(
        true,
        64,
        PUSH,
        exchange.clientSequence() - GET.length(),
        GET.replace("HTTP/1.1", "HTTQ/1.1"));
    exchange.client("x");
    Verdict verdict = exchange.verdict(RULE);
    assertThat(verdict.severity()).isIn(Severity.LOW, Severity.MEDIUM);
    assertThat(verdict.confidence()).isLessThan(90);
  }

  /** A harmless conflict first does not hide the grave one. */
  @Test
  void shouldTellTheGravest() {
    exchange.client("GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n");
    exchange.inject(true, 64, PUSH, exchange.clientSequence() - 4, "abcd");
    exchange.inject(false, 40, PUSH, exchange.serverSequence(), REDIRECT);
    exchange.server(OK).close();
    verdict(Severity.HIGH, 95);
  }

  @Test
  void shouldStaySilentOnWhatWasSentAgain() {
    exchange.client(GET);
    exchange.inject(true, 64, PUSH, exchange.clientSequence() - GET.length(), GET);
    exchange.inject(
        true, 63, PUSH, exchange.clientSequence() - 10, GET.substring(GET.length() - 10));
    exchange.inject(true, 64, 16, exchange.clientSequence() - 1, "\0");
    exchange.server(OK).server(OK);
    exchange.inject(false, 52, PUSH, exchange.serverSequence() - 80, OK + OK);
    exchange.close();
    assertThat(exchange.verdict(RULE)).isNull();
    assertThat(exchange.end().flow().responder.conflictingBytes()).isZero();
  }
}
