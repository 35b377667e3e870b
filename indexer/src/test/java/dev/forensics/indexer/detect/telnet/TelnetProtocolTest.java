package dev.forensics.indexer.detect.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelnetProtocolTest extends ProtocolContract {
  private static final Exchange LOGIN =
      Exchange.tcp()
          .serverHex("fffd18 fffd20 fffb01")
          .clientHex("fffb18 fffc20 fffa1800787465726dfff0")
          .server("Debian GNU/Linux 12\r\nbox login: ")
          .client("ali\bice\r\n")
          .server("alice\r\nPassword: ")
          .client("s3cret\r\n")
          .server("\r\nLast login: Mon Nov 23\r\n$ ");

  private static final Exchange REFUSED =
      Exchange.tcp()
          .serverHex("fffb01")
          .server("Welcome to the box\r\nUsername: ")
          .clientHex("fffd01fffd03")
          .client("bob\r\n")
          .server("Password: ")
          .client("nope\r\n")
          .server("Login incorrect\r\nlogin: ");

  private static final Exchange WITHOUT_OPTIONS =
      Exchange.tcp()
          .server("\r\nUser Access Verification\r\n\r\n")
          .server("Username: ")
          .client("\r\n")
          .server("\r\nUsername: ")
          .client("carol\r\n")
          .server("carol\r\nPassword: ")
          .client("s3cret\r\n")
          .server("\r\nrouter>");

  @Override
  protected Protocol protocol() {
    return new TelnetProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(LOGIN, REFUSED);
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(Exchange.hex("ffff"), Exchange.hex("fffb90"), Exchange.hex("fffb01 01"));
  }

  @Test
  void shouldFollowALoginAndForgetThePassword() throws IllegalAccessException {
    FlowFacts facts = LOGIN.parse(protocol());
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("telnet", "login prompt", "alice", true, true));
    assertThat(dev.forensics.indexer.detect.FactsText.of(facts)).doesNotContain("s3cret");
  }

  @Test
  void shouldSeeTheRefusal() {
    assertThat(REFUSED.parse(protocol()).get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("telnet", "login prompt", "bob", true, false));
  }

  @Test
  void shouldStopAtEncryption() {
    FlowFacts facts =
        Exchange.tcp().serverHex("fffd26fffb26 fffa2603fff0").client("x").parse(protocol());
    assertThat(facts.get(TelnetFacts.class).encrypted).isTrue();
  }

  /** Each key is a segment of its own, echoed, as switches and routers do it. */
  @Test
  void shouldTellTheUserWhereOneOptionIsNegotiated() {
    Exchange typed =
        Exchange.tcp().serverHex("fffb01").clientHex("fffd01").server("\r\nUsername: ");
    for (String key : List.of("a", "d", "m", "i", "n")) {
      typed = typed.client(key).server(key);
    }
    typed = typed.client("\r\n").server("\r\n").server("Password: ");
    for (String key : List.of("s", "3", "c", "r", "3", "t")) {
      typed = typed.client(key);
    }
    InspectedExchange played =
        new InspectedExchange(23).play(typed.client("\r\n").server("\r\nswitch1# "));
    played.end(EndReason.FIN);
    assertThat(played.facts().get(TelnetFacts.class).user).isEqualTo("admin");
    assertThat(played.verdict("cleartext-credentials").reason())
        .isEqualTo(
            "TELNET login of user admin with password sent in the clear (login prompt) to port 23;"
                + " the server accepted it.");
  }

  @Test
  void shouldTellTheUserWithoutOptions() {
    InspectedExchange played = new InspectedExchange(2323).play(WITHOUT_OPTIONS);
    played.end(EndReason.FIN);
    assertThat(played.facts().responderProtocol).isEqualTo("telnet");
    assertThat(played.verdict("cleartext-credentials").reason())
        .isEqualTo(
            "TELNET login of user carol with password sent in the clear (login prompt) to port"
                + " 2323; the server accepted it.");
  }

  @Test
  void shouldSeeTheLoginJoinedAtThePasswordPrompt() {
    InspectedExchange played = new InspectedExchange(23);
    played.flow().midstream = true;
    played.play(
        Exchange.tcp().server("Password: ").client("s3cret\r\n").server("\r\nLogin incorrect\r\n"));
    played.end(EndReason.FIN);
    assertThat(played.facts().get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("telnet", "login prompt", null, true, false));
  }

  /** What was typed before the prompt is no answer to it. */
  @Test
  void shouldNotTakeWhatWasTypedBeforeThePromptForTheUser() {
    InspectedExchange played = new InspectedExchange(23);
    played.flow().midstream = true;
    played.flow().originator.payloadBytes = 8;
    played.play(Exchange.tcp().client("s3cret\r\n").server("\r\nLogin incorrect\r\nlogin: "));
    played.end(EndReason.FIN);
    assertThat(played.facts().get(TelnetFacts.class)).isNull();
  }

  /** The name, its echo and the prompt for the password were not captured. */
  @Test
  void shouldNotTakeThePasswordBehindAGapForTheUser() {
    for (Direction lost : Direction.values()) {
      InspectedExchange played = new InspectedExchange(23);
      played.play(Exchange.tcp().serverHex("fffd18 fffd20").server("box login: "));
      played.inspection().gap(played.flow(), lost, 7, 5);
      played.play(Exchange.tcp().client("s3cret\r\n").server("\r\n$ "));
      played.end(EndReason.FIN);
      assertThat(played.facts().get(TelnetFacts.class).user).isNull();
    }
  }

  /** Half a password, and then the server gave up waiting and asks anew. */
  @Test
  void shouldNotTakeALineThatWasBegunBeforeThePromptForTheUser() {
    InspectedExchange played = new InspectedExchange(23);
    played.play(
        Exchange.tcp()
            .serverHex("fffd18 fffd20")
            .server("box login: ")
            .client("bob\r\n")
            .server("Kennwort: ")
            .client("s3cr")
            .server("\r\ntimed out\r\nlogin: ")
            .client("et\r\n")
            .server("\r\nlogin: ")
            .client("bob\r\n")
            .server("Password: "));
    played.end(EndReason.FIN);
    assertThat(played.facts().get(TelnetFacts.class).user).isEqualTo("bob");
  }

  @Test
  void shouldNotTakeOtherTextForAPrompt() {
    for (String text :
        new String[] {"Last login: ", "login: now\r\n", "plugin:", "Password:\n", "READY\r\n"}) {
      InspectedExchange played = new InspectedExchange(23).play(Exchange.tcp().server(text));
      played.end(EndReason.FIN);
      assertThat(played.facts().responderProtocol).as(text).isNull();
    }
  }
}
