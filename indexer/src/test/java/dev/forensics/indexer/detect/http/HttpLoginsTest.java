package dev.forensics.indexer.detect.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class HttpLoginsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String REFUSED = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";

  /** The common case: the first request has no credentials and is refused for that. */
  @Test
  void shouldJoinTheAnswerToTheRequestThatCarriedThePassword() {
    Exchange exchange = Exchange.tcp().client(get("")).server(REFUSED);
    exchange.client(get("Authorization: " + basic("bob:pw"))).server(OK);
    assertThat(logins(exchange).logins())
        .containsExactly(new CleartextLogin("http", "Basic", "bob", true, true));
  }

  @Test
  void shouldCountTheSameCredentialsOnce() {
    String request = get("Authorization: " + basic("bob:pw"));
    CleartextLogins logins =
        logins(Exchange.tcp().client(request + request + request).server(OK + OK + OK));
    assertThat(logins.count).isEqualTo(1);
    assertThat(logins.accepted).isEqualTo(1);
  }

  @Test
  void shouldTellAttemptsApart() {
    Exchange exchange = Exchange.tcp();
    exchange.client(get("Authorization: " + basic("bob:1"))).server(REFUSED);
    exchange.client(get("Authorization: " + basic("bob:2"))).server(OK);
    assertThat(logins(exchange).logins())
        .containsExactly(
            new CleartextLogin("http", "Basic", "bob", true, false),
            new CleartextLogin("http", "Basic", "bob", true, true));
  }

  /** The first name may have been the password, typed into the wrong field. */
  @Test
  void shouldNameWhoTriesAfterARefusal() {
    Exchange exchange = Exchange.tcp().client(get("Authorization: " + basic("dragon:x")));
    exchange.server(REFUSED).client(get("Authorization: " + basic("bob:pw"))).server(OK);
    HttpFacts facts = exchange.parse(new HttpProtocol()).get(HttpFacts.class);
    assertThat(facts.authorizationUser).isEqualTo("bob");
    assertThat(logins(exchange).shownUser(logins(exchange).logins().get(0))).isEqualTo("<6>");
  }

  @Test
  void shouldSeeBasicBesideAndAfterOtherSchemes() {
    Exchange beside =
        Exchange.tcp()
            .client(get("Authorization: Bearer t\r\nProxy-Authorization: " + basic("bob:pw")));
    assertThat(logins(beside).logins()).extracting(CleartextLogin::user).containsExactly("bob");
    Exchange after = Exchange.tcp().client(get("Authorization: Bearer t")).server(REFUSED);
    after.client(get("Authorization: " + basic("eve:pw"))).server(OK);
    assertThat(logins(after).logins()).extracting(CleartextLogin::user).containsExactly("eve");
    HttpFacts facts = after.parse(new HttpProtocol()).get(HttpFacts.class);
    assertThat(facts.authorizationScheme).isEqualTo("basic");
  }

  @Test
  void shouldKeepNoPasswordOfTargetHostAndReferrer() {
    String head =
        "GET http://bob:secret@h/?passwd=secret HTTP/1.1\r\nHost: bob:secret@h\r\n"
            + "Referer: http://bob:secret@h/\r\nContent-Length: 15\r\n\r\npassword=secret";
    HttpFacts facts = Exchange.tcp().client(head).parse(new HttpProtocol()).get(HttpFacts.class);
    HttpRequest request = facts.firstRequest();
    assertThat(request.toString()).doesNotContain("secret").contains("http://bob:******@h/");
    assertThat(facts.openRequest).doesNotContain("secret");
    assertThat(facts.hosts.values()).containsExactly("bob:******@h");
    assertThat(new String(facts.requestBody, StandardCharsets.US_ASCII))
        .isEqualTo("password=******");
  }

  private static CleartextLogins logins(Exchange exchange) {
    return exchange.parse(new HttpProtocol()).get(CleartextLogins.class);
  }

  private static String get(String field) {
    return "GET / HTTP/1.1\r\nHost: h\r\n" + (field.isEmpty() ? "" : field + "\r\n") + "\r\n";
  }

  private static String basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
