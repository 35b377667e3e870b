package dev.forensics.indexer.detect.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.flow.Direction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProtocolTest extends ProtocolContract {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Override
  protected Protocol protocol() {
    return new HttpProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        Exchange.tcp().client("GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n").server(OK),
        Exchange.tcp()
            .client(
                "POST /u HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n0\r\nX: y\r\n\r\nHEAD / HTTP/1.1\r\nHost:\r\n\r\n")
            .server(OK + "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n"),
        Exchange.tcp()
            .client("CONNECT a:443 HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 200 Connection established\r\n\r\n")
            .client("GET / HTTP/1.1\r\nHost: inner\r\n\r\n")
            .server(OK),
        Exchange.tcp()
            .client("GET / HTTP/1.0\r\n\r\n")
            .server("HTTP/1.0 400 Bad\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"),
        Exchange.tcp()
            .client("GET /stream HTTP/1.0\r\nIcy-MetaData: 1\r\n\r\n")
            .server("ICY 200 OK\r\nicy-name: radio\r\n\r\n\u00ff\u00fb\u00ff\u00fb"),
        Exchange.tcp().client("GET\t/a\r HTTP/1.1\t\r\nHost: x\r\n\r\n").server(OK),
        http2());
  }

  /** Prior knowledge: GET / of h2.test, by the static table and a Huffman-coded authority. */
  private static Exchange http2() {
    return Exchange.tcp()
        .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .clientHex("000000040000000000")
        .clientHex("00000a 01 05 00000001 82 86 84 41 85 9c45ea2747")
        .serverHex("000006 04 00 00000000 0003 00000064")
        .serverHex("000001 01 04 00000001 88");
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        bytes("SSH-2.0-OpenSSH_9\r\n"),
        bytes("220 mail ESMTP\r\n"),
        bytes("GETINFO version\r\n"),
        bytes("POSTFIX hello world\r\n"),
        bytes("GET\0/ HTTP/1.1\r\n"),
        bytes("GET / SIP/2.0\r\n"),
        bytes("GET\t/key\r\n"),
        bytes("GET /a\tb HTTP/1.1\r\n"),
        bytes("\t\t key value HTTP/1.1\r\n"),
        bytes("ICY OK\r\n"),
        bytes("ICYC 200 OK\r\n"),
        bytes("HTTPX/1.1 200 OK\r\n"),
        bytes("\r\n\r\n\0"),
        Exchange.hex("160301002a01000026"),
        Exchange.hex("00000000000000000001"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private HttpFacts parse(Exchange exchange) {
    return exchange.parse(protocol()).get(HttpFacts.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\n\n",
        "get / http/1.1\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\n\r\n",
        "GET http://h:80/p HTTP/1.1\r\n\r\n",
        "M-SEARCH x HTTP/1.0\r\n\r\n",
        "GET  /two%20 spaces in it  HTTP/1.1\r\n\r\n",
        "GET\t/a\tHTTP/1.1\r\n\r\n",
        "GET \t /a\u000b \u000cHTTP/1.1\r\n\r\n",
        "GET\r/a\rHTTP/1.1\r\n\r\n",
        " \tGET /a HTTP/1.1\t\r\n\r\n",
        "POST\thttp://h/p\tHTTP/1.0\n\n"
      })
  void shouldReadRequestsAsServersDo(String request) {
    HttpFacts facts = parse(Exchange.tcp().client(request));
    assertThat(facts.requestCount).isEqualTo(1);
    assertThat(facts.requests.get(0).complete()).isTrue();
  }

  @Test
  void shouldReadPartsOfALineWithTabs() {
    HttpFacts facts = parse(Exchange.tcp().client("GET\t/a\u000b\r\tHTTP/1.1\r\nHost: h\r\n\r\n"));
    assertThat(facts.firstRequest().method()).isEqualTo("GET");
    assertThat(facts.firstRequest().target()).isEqualTo("/a");
    assertThat(facts.firstRequest().version()).isEqualTo("1.1");
    assertThat(facts.firstRequest().host()).isEqualTo("h");
  }

  @Test
  void shouldTakeTheAnswerOfShoutcast() {
    Exchange radio =
        Exchange.tcp()
            .client("GET /stream HTTP/1.0\r\n\r\n")
            .server("ICY 404 No Stream\r\nServer: s\r\n\r\nabc");
    FlowFacts facts = radio.parse(protocol());
    assertThat(facts.application).isEqualTo("shoutcast");
    HttpFacts http = facts.get(HttpFacts.class);
    assertThat(http.firstResponse().status()).isEqualTo(404);
    assertThat(http.firstResponse().version()).isEqualTo("icy");
    assertThat(http.responseBodyBytes).isEqualTo(3);
  }

  @Test
  void shouldKeepTheFirstRequestInDetail() throws Exception {
    HttpFacts facts =
        parse(
            Exchange.tcp()
                .client(
                    "POST http://h/api?x=1#f HTTP/1.1\r\nHost: \r\nUser-Agent:ua \r\nReferer: r\r\n"
                        + "Content-Type: t\r\nContent-Length: 3\r\n"
                        + "Authorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\nabc"));
    HttpRequest request = facts.firstRequest();
    assertThat(request.path()).isEqualTo("/api");
    assertThat(request.query()).isEqualTo("x=1");
    assertThat(request.host()).isEmpty();
    assertThat(request.userAgent()).isEqualTo("ua");
    assertThat(request.headerNames())
        .containsExactly(
            "host", "user-agent", "referer", "content-type", "content-length", "authorization");
    assertThat(facts.authorizationScheme).isEqualTo("basic");
    assertThat(facts.authorizationUser).isEqualTo("user");
    assertThat(facts.requestBody).isEqualTo(bytes("abc"));
    FlowFacts all = new FlowFacts();
    all.add(facts);
    assertThat(FactsText.of(all)).doesNotContain("secret");
  }

  @Test
  void shouldTellAnAbsentHostFromAnEmptyOne() {
    assertThat(parse(Exchange.tcp().client("GET / HTTP/1.0\r\n\r\n")).firstRequest().host())
        .isNull();
  }

  @Test
  void shouldReadAnUpgrade() {
    HttpFacts facts =
        parse(
            Exchange.tcp()
                .client("GET /ws HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: upgrade\r\n\r\n")
                .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
                .server("GET / HTTP/1.1 is no request here"));
    assertThat(facts.upgrade).isEqualTo("websocket");
    assertThat(facts.upgraded).isTrue();
    assertThat(facts.responseOpen).isFalse();
    assertThat(facts.requestCount).isEqualTo(1);
  }

  @Test
  void shouldInspectWithinATunnel() {
    FlowFacts inner = conversations().get(2).parse(protocol()).tunnel.inner();
    assertThat(inner.protocol()).isEqualTo("http");
    assertThat(inner.get(HttpFacts.class).hosts.values()).containsExactly("inner");
  }

  @Test
  void shouldStopAtTunnelsWithinTunnels() {
    Exchange exchange = Exchange.tcp();
    for (int i = 0; i < 5_000; i++) {
      exchange.client("CONNECT a:1 HTTP/1.1\r\n\r\n");
    }
    FlowFacts innermost = exchange.parse(protocol()).innermost();
    assertThat(innermost.within().carrier()).isEqualTo("http-connect");
    assertThat(innermost.protocol()).isNull();
    int depth = innermost.depth() - 1;
    assertThat(depth).isEqualTo(3);
  }

  @Test
  void shouldGoOnAfterARefusedTunnel() {
    HttpFacts facts =
        parse(
            Exchange.tcp()
                .client("CONNECT a:1 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n")
                .client("CONNECT a:1 HTTP/1.1\r\nProxy-Authorization: Basic dTpw\r\n\r\n"));
    assertThat(facts.requestCount).isEqualTo(2);
    assertThat(facts.authorizationUser).isEqualTo("u");
  }

  @ParameterizedTest
  @CsvSource({
    "400, nginx/1.2, <title>400 The plain HTTP request was sent to HTTPS port</title>, nginx",
    "400, Apache, Reason: You're speaking plain HTTP to an SSL-enabled server port., apache",
    "400, , Client sent an HTTP request to an HTTPS server., go",
    "400, Microsoft-HTTPAPI/2.0, <h2>Bad Request</h2>, iis",
    "400, , Bad Request This combination of host and port requires TLS., tomcat",
    "497, , x, nginx",
    "400, nginx, <h1>400 Bad Request</h1>, ",
    "200, nginx, The plain HTTP request was sent to HTTPS port, "
  })
  void shouldRecognizeRefusals(int status, String server, String page, String expected) {
    String field = server == null ? "" : "Server: " + server + "\r\n";
    String head = "HTTP/1.1 " + status + " X\r\n" + field;
    HttpFacts sized =
        parse(Exchange.tcp().server(head + "Content-Length: " + page.length() + "\r\n\r\n" + page));
    HttpFacts closed = parse(Exchange.tcp().server(head + "\r\n" + page));
    assertThat(sized.rejectedBy).isEqualTo(expected);
    assertThat(closed.rejectedBy).isEqualTo(expected);
    assertThat(sized.responseOpen).isFalse();
  }

  @Test
  void shouldReadTheFirstMessagesOfHttp2() {
    HttpFacts facts = parse(http2());
    assertThat(facts.http2).isTrue();
    assertThat(facts.firstRequest().method()).isEqualTo("GET");
    assertThat(facts.firstRequest().target()).isEqualTo("/");
    assertThat(facts.firstResponse().status()).isEqualTo(200);
  }

  @Test
  void shouldFindTheNextMessageAfterAGap() {
    HttpParser parser = new HttpParser(Exchange.tcp().flow(), new FlowFacts());
    byte[] first = bytes("POST /a HTTP/1.1\r\nContent-Length: 100\r\n\r\n1234");
    byte[] next = bytes("GET /b HTTP/1.1\r\n\r\n");
    parser.payload(Direction.ORIGINATOR, first, 0, first.length, 1);
    parser.gap(Direction.ORIGINATOR, 96, 1);
    parser.payload(Direction.ORIGINATOR, next, 0, next.length, 1);
    assertThat(parser.facts().resyncs).isZero();
    parser.gap(Direction.ORIGINATOR, 50, 1);
    byte[] body = bytes("rest of some body");
    assertThat(parser.payload(Direction.ORIGINATOR, body, 0, body.length, 1)).isTrue();
    parser.payload(Direction.ORIGINATOR, next, 0, next.length, 1);
    assertThat(parser.facts().paths.values()).containsExactly("/a", "/b");
    assertThat(parser.facts().paths.count(1)).isEqualTo(2);
    assertThat(parser.facts().requestBodyBytes).isEqualTo(100);
  }

  @Test
  void shouldCountARequestWhoseHeadIsCutOff() {
    HttpParser parser = new HttpParser(Exchange.tcp().flow(), new FlowFacts());
    byte[] half = bytes("POST /api HTTP/1.1\r\nHost: 149");
    parser.payload(Direction.ORIGINATOR, half, 0, half.length, 1);
    assertThat(parser.facts().openRequest).isEqualTo("POST /api");
    parser.gap(Direction.ORIGINATOR, 160, 1);
    assertThat(parser.facts().firstRequest().complete()).isFalse();
    assertThat(parser.facts().paths.values()).containsExactly("/api");
  }

  @Test
  void shouldStayBoundedWhateverComes() {
    HttpParser parser = new HttpParser(Exchange.tcp().flow(), new FlowFacts());
    for (int i = 0; i < 10_000; i++) {
      byte[] request = bytes("GET /" + i + " HTTP/1.1\r\nHost: h" + i + "\r\n\r\n");
      parser.payload(Direction.ORIGINATOR, request, 0, request.length, 1);
    }
    HttpFacts facts = parser.facts();
    assertThat(facts.requestCount).isEqualTo(10_000);
    assertThat(facts.requests).hasSize(HttpFacts.MESSAGE_LIMIT);
    assertThat(facts.paths.values()).hasSize(HttpFacts.VALUE_LIMIT);
    assertThat(facts.paths.others()).isEqualTo(10_000 - HttpFacts.VALUE_LIMIT);
  }

  @Test
  void shouldBelieveALongTargetBeforeItsEnd() {
    byte[] line = bytes("GET /" + "a".repeat(StartLine.LONG_TARGET));
    assertThat(StartLine.match(line, 0, line.length)).isEqualTo(Match.YES);
    byte[] other = bytes("GXT /" + "a".repeat(StartLine.LONG_TARGET));
    assertThat(StartLine.match(other, 0, other.length)).isEqualTo(Match.NO);
  }
}
