package dev.forensics.indexer.detect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.EndReason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions that were joined at their login: the login's own lines and answers prove them. */
class JoinedLoginsTest {
  private static final String PLAIN = base64("\0bob\0geheim");

  /** By protocol, user ("-" when it was missed) and answer (+, -, ? when none was seen). */
  private static final Map<String, Supplier<Exchange>> JOINED =
      Map.ofEntries(
          login("smtp bob + plain", "C:AUTH PLAIN " + PLAIN, "S:235 ok"),
          login("smtp bob - plain", "C:AUTH PLAIN " + PLAIN, "S:535 5.7.8 no"),
          login("smtp bob ? plain alone", "C:AUTH PLAIN " + PLAIN),
          login("smtp bob + plain asked", "C:AUTH PLAIN", "S:334 ", "C:" + PLAIN, "S:235 2.7.0 ok"),
          login("smtp bob + plain answer", "C:" + PLAIN, "S:235 2.7.0 Authentication successful"),
          login(
              "smtp bob + login",
              "C:AUTH LOGIN",
              "S:334 VXNlcm5hbWU6",
              "C:" + base64("bob"),
              "S:334 UGFzc3dvcmQ6",
              "C:" + base64("geheim"),
              "S:235 2.7.0 ok"),
          login(
              "smtp bob - login asked",
              "S:334 VXNlcm5hbWU6",
              "C:" + base64("bob"),
              "S:334 UGFzc3dvcmQ6",
              "C:" + base64("geheim"),
              "S:535 Incorrect authentication data"),
          login(
              "smtp bob + login name",
              "C:" + base64("bob"),
              "S:334 UGFzc3dvcmQ6",
              "C:" + base64("geheim"),
              "S:235 Authentication succeeded"),
          login(
              "smtp - + login password",
              "S:334 UGFzc3dvcmQ6",
              "C:" + base64("geheim"),
              "S:235 2.7.0 ok"),
          login("telnet - + asked", "C:bob", "P:bob\r\nPassword: ", "C:geheim", "P:\r\nbox$ "),
          login("telnet - - other", "C:bob", "P:Kennwort: ", "C:geheim", "S:Login incorrect"),
          login(
              "telnet bob + german", "P:Benutzer: ", "C:bob", "P:Passwort : ", "C:geheim", "P:# "),
          login(
              "telnet bob + spanish",
              "P:Usuario: ",
              "C:bob",
              "P:Contrase",
              "P:\u00f1a: ",
              "C:geheim",
              "P:> "),
          login(
              "telnet bob + split",
              "P:lo",
              "P:gin: ",
              "C:bob",
              "P:bob\r\nMot de ",
              "P:passe :",
              "C:geheim",
              "P:$ "),
          login("pop3 bob + user", "C:USER bob", "S:+OK", "C:PASS geheim", "S:+OK in"),
          login("pop3 - - pass", "C:PASS geheim", "S:-ERR [AUTH] no"),
          login("pop3 - + pass", "C:PASS geheim", "S:+OK Logged in."),
          login("pop3 bob + plain", "C:AUTH PLAIN " + PLAIN, "S:+OK in"),
          login("pop3 bob - plain asked", "C:AUTH PLAIN", "S:+ ", "C:" + PLAIN, "S:-ERR no"),
          login("ftp bob - user", "C:USER bob", "S:331 go", "C:PASS geheim", "S:530 no"),
          login("ftp - + pass", "C:PASS geheim", "S:230 hello"),
          login("ftp - - pass", "C:PASS geheim", "S:530 no"),
          login("imap bob + login", "C:a LOGIN bob geheim", "S:a OK done"),
          login("imap bob - login", "C:x LOGIN \"bob\" \"ge heim\"", "S:x NO no"),
          login("imap bob + untagged", "C:a LOGIN bob geheim", "S:* CAPABILITY X\r\na OK done"));

  private static Map.Entry<String, Supplier<Exchange>> login(String what, String... lines) {
    return Map.entry(what, () -> exchange(lines));
  }

  private static Exchange exchange(String... lines) {
    Exchange exchange = Exchange.tcp();
    for (String line : lines) {
      String text = line.substring(2) + (line.charAt(0) == 'P' ? "" : "\r\n"); // P: a prompt
      if (line.charAt(0) == 'C') {
        exchange.client(text);
      } else {
        exchange.server(text);
      }
    }
    return exchange;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  static Stream<String> logins() {
    return JOINED.keySet().stream().sorted();
  }

  private static InspectedExchange joined(Exchange exchange) {
    InspectedExchange played = new InspectedExchange(4_000);
    played.flow().midstream = true;
    played.play(exchange).end(EndReason.IDLE);
    return played;
  }

  @ParameterizedTest
  @MethodSource("logins")
  void shouldKnowALoginThatWasJoined(String what) {
    String[] expected = what.split(" ", -1);
    InspectedExchange played = joined(JOINED.get(what).get());
    FlowFacts facts = played.facts();
    assertThat(facts.originatorProtocol).isEqualTo(expected[0]);
    CleartextLogins logins = facts.get(CleartextLogins.class);
    assertThat(logins.count).isOne();
    CleartextLogin login = logins.logins().get(0);
    assertThat(login.user()).isEqualTo("-".equals(expected[1]) ? null : expected[1]);
    assertThat(login.passwordExposed()).isTrue();
    assertThat(login.accepted())
        .isEqualTo("?".equals(expected[2]) ? null : (Boolean) "+".equals(expected[2]));
    Verdict verdict = played.verdict("cleartext-credentials");
    assertThat(verdict).isNotNull();
    assertThat(verdict.reason()).doesNotContain("geheim", base64("geheim"), PLAIN);
  }

  private static Stream<String> strangers() {
    return Stream.of(
        "C:AUTH geheim|S:+OK", // Redis
        "C:USER bob|S:-ERR unknown command `USER`, with args beginning with:",
        "C:QUIT|S:+OK",
        "C:USER bob 0 * :bob|S::h.example 001 bob :hi", // IRC
        "C:AUTHINFO PASS geheim|S:281 ok", // NNTP
        "C:" + base64("anything") + "|S:" + base64("something"),
        "C:a LOGIN bob geheim|S:b OK done",
        "C:AUTH PLAIN " + base64("bob geheim") + "|S:ready",
        "S:235 article transferred ok",
        "S:334 Using authentication type GSSAPI");
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void shouldTakeNoOtherForALogin(String lines) {
    InspectedExchange played = joined(exchange(lines.split("\\|", -1)));
    assertThat(played.facts().originatorProtocol).isNull();
    assertThat(played.verdict("cleartext-credentials")).isNull();
  }

  private static Stream<String> replies() {
    return Stream.of(
        "250 2.1.0 Ok",
        "250-mx.example.org\r\n250-PIPELINING\r\n250 8BITMIME",
        "250 2.0.0 Ok: queued as 4FzX",
        "354 End data with <CR><LF>.<CR><LF>",
        "550 5.1.1 <bob@example.org>: user unknown",
        "221 mx.example.org closing connection",
        "250 Accepted\r\n250 Accepted\r\n354 Enter message, ending with \".\" on a line by itself");
  }

  @ParameterizedTest
  @MethodSource("replies")
  void shouldKnowSmtpByItsReplies(String reply) {
    assertThat(joined(exchange("S:" + reply)).facts().responderProtocol).isEqualTo("smtp");
  }

  /** What answers a challenge shows no password. */
  @Test
  void shouldNotTakeAnAnswerToAChallengeForAPassword() {
    String digest = base64("bob 0123456789abcdef0123456789abcdef");
    InspectedExchange played = joined(exchange("C:" + digest, "S:235 2.7.0 ok"));
    assertThat(played.facts().responderProtocol).isEqualTo("smtp");
    assertThat(played.verdict("cleartext-credentials")).isNull();
  }
}
