package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.socks.SocksFacts;
import dev.forensics.indexer.detect.ssh.SshFacts;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.samples.TlsMessages;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams within streams, through the real engine. */
class InnerStreamTest {
  private static final String RULE = "http-on-https-port";
  private static final String CONNECT = "CONNECT mail.example.org:443 HTTP/1.1\r\n\r\n";
  private static final String OPENED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String GET = "GET /p HTTP/1.1\r\nHost: shop.example\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String SOCKS5 = "05010003 0b 6578616d706c652e636f6d 01bb";
  private static final String SOCKS5_OPENED = "05000001 00000000 0000";

  private static InspectedExchange played(int port, Exchange exchange) {
    return new InspectedExchange(port).play(exchange).end(EndReason.FIN);
  }

  private static Exchange connect() {
    return Exchange.tcp().client(CONNECT).server(OPENED);
  }

  private static Exchange socks5() {
    return Exchange.tcp()
        .clientHex("050100")
        .serverHex("0500")
        .clientHex(SOCKS5)
        .serverHex(SOCKS5_OPENED);
  }

  @Test
  void shouldRaiseForTheHostBehindAProxyHoweverTheStreamIsCut() {
    for (int port : new int[] {3128, 8080, 1080}) {
      for (int size = 1; size < 90; size++) {
        InspectedExchange run = played(port, connect().client(GET).server(OK).cut(size));
        assertThat(run.verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(run.verdict(RULE).reason())
            .isEqualTo(
                "HTTP/1.1 request GET /p for host shop.example without TLS on HTTPS port 443 of"
                    + " mail.example.org through the HTTP proxy on port "
                    + port
                    + " was accepted (answered 200).");
        assertThat(run.facts().protocol()).isEqualTo("http");
        assertThat(run.facts().tunnel.inner().protocol()).isEqualTo("http");
      }
    }
  }

  @Test
  void shouldTellWhoIsBehindAProxyThatListensOnAnHttpsPort() {
    Exchange plain =
        Exchange.tcp()
            .client("CONNECT mail.example.org:80 HTTP/1.1\r\n\r\n")
            .server(OPENED)
            .client(GET)
            .server(OK);
    assertThat(played(443, plain).verdict(RULE).reason())
        .isEqualTo(
            "HTTP/1.1 request GET /p for host shop.example without TLS on HTTPS port 443 through"
                + " the HTTP proxy there to mail.example.org port 80 was accepted (answered 200).");
  }

  @Test
  void shouldRaiseForTheHostBehindSocks() {
    for (int size = 1; size < 60; size++) {
      InspectedExchange run = played(1080, socks5().client(GET).server(OK).cut(size));
      assertThat(run.verdict(RULE).reason())
          .contains("HTTPS port 443 of example.com through the SOCKS 5 proxy on port 1080 was");
      assertThat(run.facts().find(HttpFacts.class).hosts.values()).containsExactly("shop.example");
      assertThat(run.facts().get(SocksFacts.class).targetHost).isEqualTo("example.com");
    }
  }

  @Test
  void shouldFollowSocks4AndIpv6Targets() {
    Exchange four =
        Exchange.tcp()
            .clientHex("040101bb cb007150 00")
            .serverHex("005a0000 00000000")
            .client(GET)
            .server(OK);
    assertThat(played(1080, four).verdict(RULE).reason())
        .contains("port 443 of 203.0.113.80 through the SOCKS 4 proxy on port 1080");
    Exchange six =
        Exchange.tcp()
            .clientHex("050100")
            .serverHex("0500")
            .clientHex("05010004 20010db8000000000000000000000001 01bb")
            .serverHex("05000004 20010db8000000000000000000000002 1234")
            .client(GET)
            .server(OK);
    assertThat(played(1080, six).verdict(RULE).reason())
        .contains("port 443 of 2001:db8::1 through");
    Exchange literal =
        Exchange.tcp()
            .client("CONNECT [2001:db8::1]:443 HTTP/1.1\r\n\r\n")
            .server(OPENED)
            .client(GET)
            .server(OK);
    assertThat(played(3128, literal).verdict(RULE).reason()).contains("port 443 of 2001:db8::1 th");
  }

  @Test
  void shouldReadWhatTheClientSentBeforeTheAnswer() {
    Exchange early = Exchange.tcp().client(CONNECT + GET).server(OPENED + OK);
    assertThat(played(3128, early).verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
    Exchange socks =
        Exchange.tcp()
            .clientHex("050100" + SOCKS5)
            .client(GET)
            .serverHex("0500" + SOCKS5_OPENED)
            .server(OK);
    assertThat(played(1080, socks).verdict(RULE).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldNotLookBehindARefusal() {
    for (String answer :
        List.of(
            "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")) {
      InspectedExchange run = played(3128, Exchange.tcp().client(CONNECT + GET).server(answer));
      assertThat(run.facts().tunnel).isNull();
      assertThat(run.verdict(RULE)).isNull();
    }
    InspectedExchange socks5 =
        played(
            1080,
            Exchange.tcp()
                .clientHex("050100")
                .serverHex("0500")
                .clientHex(SOCKS5)
                .client(GET)
                .serverHex("05050001 00000000 0000"));
    assertThat(socks5.facts().tunnel).isNull();
    assertThat(socks5.facts().get(HttpFacts.class)).isNull();
    InspectedExchange socks4 =
        played(
            1080,
            Exchange.tcp()
                .clientHex("040101bb cb007150 00")
                .client(GET)
                .serverHex("005b0000 00000000"));
    assertThat(socks4.facts().tunnel).isNull();
  }

  @Test
  void shouldGoOnWithTheConnectAfterARefusedOne() {
    Exchange again =
        Exchange.tcp()
            .client(CONNECT)
            .server("HTTP/1.1 407 Log in\r\nContent-Length: 0\r\n\r\n")
            .client("CONNECT b.example:8443 HTTP/1.1\r\nProxy-Authorization: Basic dTpw\r\n\r\n")
            .server(OPENED)
            .client(GET)
            .server(OK);
    InspectedExchange run = played(3128, again);
    assertThat(run.verdict(RULE).reason()).contains("HTTPS port 8443 of b.example through");
    assertThat(run.facts().get(CleartextLogins.class).count).isEqualTo(1);
  }

  @Test
  void shouldReadOneSideAlone() {
    InspectedExchange client = played(3128, Exchange.tcp().client(CONNECT).client(GET));
    assertThat(client.verdict(RULE)).isNotNull();
    assertThat(client.facts().tunnel.granted()).isFalse();
    InspectedExchange socks = played(1080, Exchange.tcp().clientHex("050100" + SOCKS5).client(GET));
    assertThat(socks.verdict(RULE)).isNotNull();
    assertThat(socks.facts().tunnel.granted()).isFalse();
    InspectedExchange proxy =
        played(1080, Exchange.tcp().serverHex("0500" + SOCKS5_OPENED).server(OK));
    assertThat(proxy.facts().find(HttpFacts.class).responseCount).isEqualTo(1);
  }

  @Test
  void shouldGiveTheFactsOfTlsAndSsh() {
    InspectedExchange tls =
        played(
            1080, socks5().client(new TlsMessages(new Random(1)).clientHello("inner.example.net")));
    assertThat(tls.facts().find(TlsFacts.class).serverName).isEqualTo("inner.example.net");
    assertThat(tls.facts().find(TlsFacts.class).ja4).isNotNull();
    assertThat(tls.verdict(RULE)).isNull();
    InspectedExchange ssh =
        played(3128, connect().server("SSH-2.0-OpenSSH_9.6\r\n").client("SSH-2.0-x\r\n"));
    assertThat(ssh.facts().find(SshFacts.class)).isNotNull();
    assertThat(ssh.facts().tunnel.inner().protocol()).isEqualTo("ssh");
  }

  @Test
  void shouldFollowTunnelsWithinTunnels() {
    Exchange nested =
        connect()
            .clientHex("050100")
            .serverHex("0500")
            .clientHex(SOCKS5)
            .serverHex(SOCKS5_OPENED)
            .client(GET)
            .server(OK);
    for (int size : new int[] {1, 3, 1000}) {
      InspectedExchange run = played(3128, nested.cut(size));
      FlowFacts innermost = run.facts().innermost();
      assertThat(innermost.depth()).isEqualTo(2);
      assertThat(innermost.protocol()).isEqualTo("http");
      assertThat(innermost.target().targetHost()).isEqualTo("example.com");
      assertThat(run.verdict(RULE).reason())
          .contains(
              "of mail.example.org through the HTTP proxy and the SOCKS 5 proxy on port 3128");
    }
  }

  @Test
  void shouldCountLoginsWithinATunnelAsTheFlows() {
    String login = "GET / HTTP/1.1\r\nAuthorization: Basic Ym9iOnNlY3JldA==\r\n\r\n";
    InspectedExchange run = played(3128, connect().client(login).server(OK));
    assertThat(run.verdict("cleartext-credentials").reason()).contains("of user bob");
    assertThat(run.verdict(RULE).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void shouldRespectGapsWithin() {
    InspectedExchange run = new InspectedExchange(3128);
    run.play(connect().client(GET).client("POST /q HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"));
    run.inspection().gap(run.flow(), Direction.ORIGINATOR, 6, InspectedExchange.START_NANOS);
    run.play(Exchange.tcp().client(GET).server(OK)).end(EndReason.FIN);
    HttpFacts http = run.facts().find(HttpFacts.class);
    assertThat(http.requestCount).isEqualTo(3);
    assertThat(http.requestBodyBytes).isEqualTo(9);
  }

  @Test
  void shouldNotThrowWhereBytesAreMissingInTheOpening() {
    for (Exchange exchange : List.of(connect().client(GET).server(OK), socks5().client(GET))) {
      for (int lost = 0; lost < exchange.pieces().size(); lost++) {
        InspectedExchange run = new InspectedExchange(3128);
        for (int i = 0; i < exchange.pieces().size(); i++) {
          Exchange.Piece piece = exchange.pieces().get(i);
          if (i == lost) {
            run.inspection()
                .gap(run.flow(), piece.direction(), piece.bytes().length, 1_000_000_000L);
          } else if (piece.direction() == Direction.ORIGINATOR) {
            run.play(Exchange.tcp().client(piece.bytes()));
          } else {
            run.play(Exchange.tcp().server(piece.bytes()));
          }
        }
        run.end(EndReason.FIN);
        assertThat(run.inspection().parserFailures()).isZero();
      }
    }
  }
}
