package dev.forensics.indexer.detect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.detect.mtproto.TelegramBytes;
import dev.forensics.indexer.flow.ConnectionState;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flagship rule through the real engine. */
class HttpOnHttpsPortTest {
  private static final String RULE = "http-on-https-port";
  private static final String GET = "GET /p HTTP/1.1\r\nHost: example\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String REFUSED =
      "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 77\r\n\r\n";
  private static final String PAGE =
      "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>";

  private static final long KEY = 0x9d22a3c4517be688L;

  private final TelegramBytes telegram = new TelegramBytes(3);

  @Test
  void shouldRaiseWithTheAnswer() {
    InspectedExchange run = new InspectedExchange(443).play(Exchange.tcp().client(GET));
    assertThat(run.verdict(RULE)).isNull();
    Verdict verdict = run.play(Exchange.tcp().server(OK)).verdict(RULE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(verdict.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(verdict.reason())
        .isEqualTo(
            "HTTP/1.1 request GET /p for host example without TLS on HTTPS port 443 was accepted"
                + " (answered 200).");
  }

  @Test
  void shouldTakeAnIcyAnswerForOne() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(
        Exchange.tcp()
            .client("GET /stream HTTP/1.0\r\n\r\n")
            .server("ICY 200 OK\r\nicy-name: radio\r\n\r\n"));
    run.end(EndReason.FIN);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(run.verdict(RULE).reason()).contains("was accepted (answered ICY 200)");
    assertThat(run.facts().responderProtocol).isEqualTo("http");
  }

  @Test
  void shouldTakeTabsInARequestLine() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client("GET\t/a\tHTTP/1.1\r\nHost: h\r\n\r\n").server(OK));
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(run.verdict(RULE).reason()).startsWith("HTTP/1.1 request GET /a for host h ");
  }

  @Test
  void shouldRaiseOnce() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client(GET).server(OK).client(GET).server(OK)).end(EndReason.FIN);
    assertThat(run.raised()).hasSize(1);
    assertThat(run.verdicts()).isEqualTo(run.raised());
  }

  @Test
  void shouldWaitForThePageOfARefusal() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client(GET).server(REFUSED));
    assertThat(run.verdict(RULE)).isNull();
    Verdict verdict = run.play(Exchange.tcp().server(PAGE)).verdict(RULE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(verdict.severity()).isEqualTo(Severity.LOW);
    assertThat(verdict.reason()).contains("refused by the server").contains("400 of nginx");
  }

  @Test
  void shouldTakeATlsAlertForARefusal() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client(GET).serverHex("15 0301 0002 02 46"));
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(run.verdict(RULE).reason()).contains("TLS alert");
  }

  @Test
  void shouldRaiseAReset() {
    InspectedExchange run = new InspectedExchange(443).play(Exchange.tcp().client(GET));
    run.state(ConnectionState.RSTR);
    assertThat(run.verdict(RULE)).as("it may go on").isNull();
    run.end(EndReason.RST);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.RESET);
  }

  @Test
  void shouldDecideAtTheDeadlineInPacketTime() {
    InspectedExchange run = new InspectedExchange(443).play(Exchange.tcp().client(GET));
    long due = run.flow().deadlineNanos();
    assertThat(due).isEqualTo(run.flow().timeNanos() + 60_000_000_000L);
    assertThat(run.verdict(RULE)).isNull();
    run.inspection().deadlinePassed(run.flow(), due);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.UNANSWERED);
    assertThat(run.verdict(RULE).timestampNanos()).isEqualTo(due);
  }

  @Test
  void shouldDecideAtTheEnd() {
    InspectedExchange run =
        new InspectedExchange(443).play(Exchange.tcp().client("GET /x HTTP/1.1"));
    run.end(EndReason.IDLE);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.UNANSWERED);
  }

  @Test
  void shouldRaiseForTheAnswerAlone() {
    InspectedExchange run = new InspectedExchange(443).play(Exchange.tcp().server(OK));
    run.end(EndReason.FIN);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.RESPONSE_ONLY);
  }

  @Test
  void shouldSayThatATlsClientWasAnsweredInPlaintext() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().clientHex("16 0301 0006 01 000002 0303"));
    run.play(Exchange.tcp().server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.RESPONSE_ONLY);
    assertThat(run.verdict(RULE).reason())
        .isEqualTo(
            "HTTP answer 400 without TLS on HTTPS port 443 answered a client that speaks TLS.");
  }

  @Test
  void shouldTellAMidstreamRequest() {
    InspectedExchange run = new InspectedExchange(443);
    run.flow().midstream = true;
    run.play(Exchange.tcp().client("tail of some body").client(GET)).end(EndReason.IDLE);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.MIDSTREAM);
    assertThat(run.verdict(RULE).confidence()).isLessThan(80);
  }

  @Test
  void shouldWeighWhatWasExposed() {
    String login = "GET / HTTP/1.1\r\nAuthorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n";
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client(login).server(OK));
    assertThat(run.verdict(RULE).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(run.verdict(RULE).reason())
        .contains("basic credentials of user user")
        .doesNotContain("secret");
  }

  @Test
  void shouldTellAProxyAndAWebSocketApart() {
    InspectedExchange proxy = new InspectedExchange(443);
    proxy.play(
        Exchange.tcp().client("CONNECT a:443 HTTP/1.1\r\n\r\n").server("HTTP/1.1 200 OK\r\n\r\n"));
    assertThat(proxy.verdict(RULE)).isNull();
    proxy.play(Exchange.tcp().server("SSH-2.0-OpenSSH_9.2\r\n"));
    assertThat(proxy.verdict(RULE).reason())
        .startsWith("Proxy request CONNECT a:443")
        .contains("was accepted (200, then ssh within the tunnel)");
    InspectedExchange socket = new InspectedExchange(8443);
    socket.play(
        Exchange.tcp()
            .client("GET /w HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
            .server("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
    assertThat(socket.verdict(RULE)).as("what is within comes").isNull();
    socket.end(EndReason.FIN);
    assertThat(socket.verdict(RULE).reason())
        .startsWith("WebSocket upgrade GET /w")
        .contains("port 8443");
  }

  @Test
  void shouldTakeAnInterimAnswerForAnAnswer() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(
        Exchange.tcp()
            .client("POST /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            .server("HTTP/1.1 100 Continue\r\n\r\n"));
    run.end(EndReason.FIN);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(run.verdict(RULE).reason()).contains("was accepted (answered 100)");
  }

  @Test
  void shouldNotSayThatARequestWasMissedWhenOtherBytesWereSeen() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client("INVITE sip:a@b SIP/2.0\r\n\r\n").server(OK));
    run.end(EndReason.FIN);
    assertThat(run.verdict(RULE).reason()).contains("answered bytes that are no HTTP request");
  }

  @Test
  void shouldNotTakeTheEndOfABodyForAMethod() {
    InspectedExchange run = new InspectedExchange(443);
    run.flow().midstream = true;
    run.play(Exchange.tcp().client("theend of such").client(GET).server(OK));
    assertThat(run.verdict(RULE).reason()).startsWith("HTTP/1.1 request GET /");
    InspectedExchange split = new InspectedExchange(443);
    split.flow().midstream = true;
    split.play(Exchange.tcp().client("PO").client("ST /x HTTP/1.1\r\n\r\n").server(OK));
    assertThat(split.verdict(RULE).reason()).startsWith("HTTP/1.1 request POST /x");
  }

  /** Captured with a snapshot length of 96 bytes, a long path leaves no version. */
  @Test
  void shouldTakeARequestLineThatTheSnapshotLengthCut() {
    for (String cut : List.of("GET /images/box.gif HTT", "GET /images/box.gif", "GET /a HTTP/1.")) {
      InspectedExchange run = new InspectedExchange(443).play(Exchange.tcp().client(cut));
      run.inspection().gap(run.flow(), Direction.ORIGINATOR, 466, InspectedExchange.START_NANOS);
      run.play(Exchange.tcp().server(OK)).end(EndReason.FIN);
      assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(run.verdict(RULE).reason())
          .startsWith(
              "HTTP/1.1 request " + cut.replaceAll(" HT.*", "") + " (its head is not complete)");
    }
    InspectedExchange ended = new InspectedExchange(443).play(Exchange.tcp().client("GET /ab HT"));
    ended.end(EndReason.IDLE);
    assertThat(ended.verdict(RULE).outcome()).isEqualTo(Outcome.UNANSWERED);
    assertThat(ended.verdict("unknown-on-https-port")).isNull();
  }

  @Test
  void shouldStaySilentElsewhere() {
    assertThat(alarm(80, Exchange.tcp().client(GET).server(OK))).isNull();
    assertThat(alarm(443, Exchange.tcp().client("hello\r\n").server("250 OK\r\n"))).isNull();
    assertThat(alarm(443, Exchange.tcp().client(telegram.random(400)))).isNull();
    assertThat(alarm(443, Exchange.tcp().client("SSH-2.0-x\r\n").server("SSH-2.0-y\r\n"))).isNull();
    Exchange tunnel =
        Exchange.tcp()
            .client("CONNECT a:80 HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\n\r\n")
            .client(GET)
            .server(OK);
    assertThat(alarm(8080, tunnel)).isNull();
    String refused = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    assertThat(alarm(3128, Exchange.tcp().client("CONNECT a:443 HTTP/1.1\r\n\r\n").server(refused)))
        .isNull();
    Exchange padded = Exchange.tcp().client(new byte[20]).clientHex("16 0301 002a 01 000026 0303");
    assertThat(alarm(443, padded)).isNull();
  }

  private static Verdict alarm(int port, Exchange exchange) {
    return new InspectedExchange(port).play(exchange).end(EndReason.FIN).verdict(RULE);
  }

  /** Telegram for iOS: /api and random hex, a random message id, the nonce comes back. */
  @Test
  void shouldProveTelegramForIos() {
    byte[] nonce = telegram.random(16);
    byte[] probe = telegram.reqPq(0x0123456789ABCDEFL, nonce);
    InspectedExchange run = new InspectedExchange(443);
    run.server("149.154.167.51");
    run.play(
        Exchange.tcp()
            .client(post("/api1a2b3c", "149.154.167.51:443", probe))
            .server(answer(telegram.resPq(nonce))));
    run.end(EndReason.FIN);
    MtprotoFacts mtproto = run.facts().get(MtprotoFacts.class);
    assertThat(run.facts().application).isEqualTo("telegram");
    assertThat(mtproto.nonceEchoed).isTrue();
    assertThat(mtproto.messageTimeMillis).isZero();
    assertThat(mtproto.clockSkewMillis).isNotNull();
    assertThat(run.verdict(RULE).reason())
        .contains("of Telegram Messenger")
        .contains("the server echoed the client's nonce")
        .contains("the registered prefix 149.154.164.0/22")
        .contains("the path")
        .contains("random in each request");
  }

  /** TDLib sends an empty Host and no User-Agent. */
  @Test
  void shouldProveTelegramByTheEnvelopeAlone() {
    byte[] body = telegram.reqPq(TelegramBytes.SECONDS << 32, telegram.random(16));
    String head =
        "POST /api HTTP/1.1\r\nHost: \r\nConnection: keep-alive\r\nContent-Length: 40\r\n\r\n";
    byte[] request = TelegramBytes.join(head.getBytes(StandardCharsets.US_ASCII), body);
    InspectedExchange run = new InspectedExchange(443).play(Exchange.tcp().client(request));
    run.end(EndReason.FIN);
    assertThat(run.facts().application).isEqualTo("telegram");
    assertThat(run.facts().get(MtprotoFacts.class).constructor).isEqualTo("req_pq");
    assertThat(run.verdict(RULE).reason()).contains("(empty host)");
  }

  /** Bodies with the same first 8 bytes and a length that would fit. */
  @ParameterizedTest
  @CsvSource({
    "image/jpeg, ffd8ffe000104a464946000101",
    "image/png, 89504e470d0a1a0a0000000d49484452",
    "'', ffd8ffe000104a464946000101",
    "'', 1f8b0800000000000003",
    "application/octet-stream, 308201d30a0100a08201cc30",
    "application/octet-stream, 0a24c3b1d29587e4f09a5517c9"
  })
  void shouldNotTakeFilesForTelegram(String type, String magic) {
    byte[] begin = Exchange.hex(magic);
    InspectedExchange run = new InspectedExchange(443);
    for (int i = 0; i < 20; i++) {
      byte[] body = TelegramBytes.join(begin, telegram.random(40 + 16 * i - begin.length));
      run.play(Exchange.tcp().client(post("/apibeef", "example", body)));
      String head = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: ";
      byte[] bytes = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
      run.play(Exchange.tcp().server(TelegramBytes.join(bytes, body)));
    }
    run.end(EndReason.FIN);
    assertThat(run.facts().get(MtprotoFacts.class)).isNull();
    assertThat(run.facts().application).isNull();
    assertThat(run.verdict(RULE).reason()).doesNotContain("Telegram");
  }

  /** Not their address: the same key in requests and answers, each with its message key. */
  @Test
  void shouldProveTelegramByKeysOfBothSides() {
    InspectedExchange run = new InspectedExchange(443);
    for (int i = 0; i < 2; i++) {
      run.play(Exchange.tcp().client(post("/apibeef", "example", telegram.encrypted(KEY, 3 + i))));
      run.play(Exchange.tcp().server(answer(telegram.encrypted(KEY, 9))));
    }
    run.end(EndReason.FIN);
    assertThat(run.facts().application).isEqualTo("telegram");
    assertThat(run.facts().get(MtprotoFacts.class).authKeyId).isEqualTo("9d22a3c4517be688");
  }

  /**
   * Whatever the request: an answer that is no HTTP is no acceptance, but for a page without head.
   */
  @Test
  void shouldNotTakeAnotherProtocolsAnswerForAcceptance() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client("REQ / HTTP/1.0\r\n\r\n").server("RSP ok\r\n"));
    run.end(EndReason.FIN);
    assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.UNANSWERED);
    assertThat(run.verdict(RULE).reason()).contains("in no known protocol");
    for (String page : List.of("<html>hello</html>", "\r\n<!doctype html><title>a</title>")) {
      InspectedExchange old = new InspectedExchange(443);
      old.flow().responder.firstPayload = page.getBytes(StandardCharsets.US_ASCII);
      old.play(Exchange.tcp().client(GET).server(page)).end(EndReason.FIN);
      assertThat(old.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  /** Logs and sentences that name a request are none. */
  @Test
  void shouldNotTakeLinesThatNameRequestsForRequests() {
    for (String line :
        List.of(
            "192.0.2.1 - - [30/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 512\n",
            "127.0.0.1 GET /index.html HTTP/1.1 200\n",
            "Nov 30 10:00:00 web1 got GET / HTTP/1.1\n",
            "We support HTTP/1.1\r\n",
            "PRIVMSG #help :use HTTP/1.1\r\n")) {
      assertThat(alarm(443, Exchange.tcp().client(line).client(line))).isNull();
    }
  }

  @Test
  void shouldNotTakeAPathForTelegram() {
    byte[] json =
        "{\"a\": \"some text, 40 bytes of it in all\"}".getBytes(StandardCharsets.US_ASCII);
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client(post("/apibeef", "example", json)).server(OK));
    run.play(Exchange.tcp().client(post("/apibeef", "example", telegram.random(40))));
    run.end(EndReason.FIN);
    assertThat(run.verdict(RULE)).isNotNull();
    assertThat(run.facts().application).isNull();
    assertThat(run.verdict(RULE).reason()).doesNotContain("Telegram");
  }

  @Test
  void shouldRaiseForMtprotoOverTcp() {
    byte[] reqPq = telegram.reqPq(1, telegram.random(16));
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().clientHex("eeeeeeee").client(TelegramBytes.intermediate(reqPq)));
    assertThat(run.verdict("mtproto-on-https-port").reason())
        .contains("intermediate")
        .contains("begins with req_pq");
    assertThat(run.verdict(RULE)).isNull();
  }

  private static byte[] post(String path, String host, byte[] body) {
    String head =
        "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length;
    return TelegramBytes.join((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII), body);
  }

  private static byte[] answer(byte[] body) {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n";
    return TelegramBytes.join(head.getBytes(StandardCharsets.US_ASCII), body);
  }
}
