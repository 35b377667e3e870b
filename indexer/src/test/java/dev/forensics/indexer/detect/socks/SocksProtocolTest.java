package dev.forensics.indexer.detect.socks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.flow.EndReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocksProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new SocksProtocol();
  }

  private static final Exchange LOGIN =
      Exchange.tcp()
          .clientHex("050102")
          .serverHex("0502")
          .client("\1\3bob\6s3cret")
          .serverHex("0100")
          .client("\5\1\0\3\13example.com\1\273")
          .serverHex("05000001 0a000001 1234");

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        LOGIN,
        Exchange.tcp()
            .clientHex("050100 05010001 c0000201 01bb")
            .serverHex("0500 05000001 0a000001 1234"),
        Exchange.tcp().client("\4\1\1\273\0\0\0\1me\0example.com\0"));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("0500ff"),
        Exchange.hex("0401000001000000"),
        Exchange.hex("040100507f00000103ff00"),
        Exchange.hex("04010050e0000001"),
        "\5\1\0GET".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReadLoginAndTarget() throws IllegalAccessException {
    FlowFacts facts = LOGIN.parse(protocol());
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("socks", "username/password", "bob", true, true));
    SocksFacts socks = facts.get(SocksFacts.class);
    assertThat(socks.targetHost).isEqualTo("example.com");
    assertThat(socks.targetPort).isEqualTo(443);
    assertThat(socks.reply).isZero();
    assertThat(FactsText.of(facts)).doesNotContain("s3cret");
  }

  @Test
  void shouldReadTheTargetOfVersion4() {
    SocksFacts socks = conversations().get(2).parse(protocol()).get(SocksFacts.class);
    assertThat(socks.version).isEqualTo(4);
    assertThat(socks.targetHost).isEqualTo("example.com");
  }

  private static final String BY_ADDRESS = "04010050 cb007150 00";

  @Test
  void shouldKnowVersion4ByAddressWithTheReply() {
    for (int reply = 0x5A; reply <= 0x5D; reply++) {
      InspectedExchange played = new InspectedExchange(443);
      played.play(
          Exchange.tcp()
              .clientHex(BY_ADDRESS)
              .serverHex("00" + Integer.toHexString(reply) + "dfb2 0ab49cf9"));
      played.end(EndReason.FIN);
      assertThat(played.facts().protocol()).isEqualTo("socks");
      assertThat(played.facts().responderProtocol).isEqualTo("socks");
      SocksFacts socks = played.facts().get(SocksFacts.class);
      assertThat(socks.version).isEqualTo(4);
      assertThat(socks.command).isEqualTo("connect");
      assertThat(socks.targetHost).isEqualTo("203.0.113.80");
      assertThat(socks.targetPort).isEqualTo(80);
      assertThat(socks.reply).isEqualTo(reply == 0x5A ? 0 : reply);
      assertThat(played.verdict("unknown-on-https-port")).isNull();
    }
  }

  @Test
  void shouldKnowVersion4ByAddressHoweverItIsCut() {
    Exchange whole =
        Exchange.tcp()
            .client("\4\1\0\120\313\0\161\120user\0")
            .serverHex("005a 0000 00000000")
            .client("GET / HTTP/1.1\r\n\r\n");
    for (int size = 1; size < 13; size++) {
      InspectedExchange played = new InspectedExchange(1080).play(whole.cut(size));
      played.end(EndReason.FIN);
      assertThat(played.facts().get(SocksFacts.class).targetHost).isEqualTo("203.0.113.80");
    }
  }

  @Test
  void shouldKnowVersion4ByWhatIsWithinWhereTheProxyIsNotSeen() {
    InspectedExchange played = new InspectedExchange(1080);
    played.play(Exchange.tcp().clientHex(BY_ADDRESS).client("GET / HTTP/1.1\r\n\r\n"));
    played.end(EndReason.IDLE);
    assertThat(played.facts().get(SocksFacts.class).targetHost).isEqualTo("203.0.113.80");
  }

  @Test
  void shouldNotTakeItsFormAloneForVersion4() {
    for (String reply : List.of("0059 0000 00000000", "015a 0000 00000000", "005a", "48656c6c6f")) {
      InspectedExchange played = new InspectedExchange(1080);
      played.play(Exchange.tcp().clientHex(BY_ADDRESS).serverHex(reply).client("what else"));
      played.end(EndReason.FIN);
      assertThat(played.facts().protocol()).as(reply).isNull();
    }
  }

  @Test
  void shouldTellALoginThatIsRefused() {
    for (String answer : List.of("0101", "01ff")) {
      Exchange refused =
          Exchange.tcp()
              .clientHex("05020002")
              .serverHex("0502")
              .client("\1\5alice\6s3cret")
              .serverHex(answer);
      InspectedExchange played = new InspectedExchange(1080).play(refused);
      played.end(EndReason.FIN);
      assertThat(played.facts().protocol()).isEqualTo("socks");
      assertThat(played.verdict("cleartext-credentials").reason())
          .isEqualTo(
              "SOCKS login of user alice with password sent in the clear (username/password) to"
                  + " port 1080; the server refused it.");
    }
  }

  @Test
  void shouldTellALoginOfWhichTheProxyIsNotSeen() {
    InspectedExchange played =
        new InspectedExchange(1080)
            .play(Exchange.tcp().clientHex("050102").client("\1\5alice\6s3cret"));
    played.end(EndReason.IDLE);
    assertThat(played.verdict("cleartext-credentials").reason())
        .contains("no answer to it was seen");
  }

  @Test
  void shouldNotTakeAnUnfinishedLoginForOne() {
    byte[] login = "\5\1\2\1\5alice\6s3cret".getBytes(StandardCharsets.US_ASCII);
    for (int length = 1; length < login.length; length++) {
      assertThat(protocol().recognizableCutOff(login, 0, length)).isFalse();
    }
    assertThat(protocol().recognizableCutOff(login, 0, login.length)).isTrue();
  }

  /** The password is longer than its length says: refused, and told all the same. */
  @Test
  void shouldTellALoginWithAWrongLength() throws IllegalAccessException {
    InspectedExchange played =
        new InspectedExchange(1080)
            .play(
                Exchange.tcp()
                    .clientHex("05020002")
                    .serverHex("0502")
                    .client("\1\5alice\15S3cretPassw0rd")
                    .serverHex("0101"))
            .end(EndReason.FIN);
    assertThat(played.facts().get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("socks", "username/password", "alice", true, false));
    assertThat(FactsText.of(played.facts())).doesNotContain("Passw0rd");
  }
}
