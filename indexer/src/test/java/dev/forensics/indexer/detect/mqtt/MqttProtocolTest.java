package dev.forensics.indexer.detect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MqttProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new MqttProtocol();
  }

  private static final Exchange LOGIN =
      Exchange.tcp()
          .client("\20\31\0\4MQTT\4\302\0\74\0\3abc\0\3bob\0\3sec")
          .serverHex("20020000 9003 000100")
          .clientHex("c000");

  @Override
  protected List<Exchange> conversations() {
    return List.of(LOGIN, Exchange.tcp().client("\20\24\0\4MQTT\5\2\0\74\5\21\0\0\0\7\0\2ab"));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("10ffffffff"), "\20\14\0\4HTTP".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReadConnectAndItsAnswer() throws IllegalAccessException {
    FlowFacts facts = LOGIN.parse(protocol());
    MqttFacts mqtt = facts.get(MqttFacts.class);
    assertThat(mqtt.version).isEqualTo("3.1.1");
    assertThat(mqtt.clientId).isEqualTo("abc");
    assertThat(mqtt.returnCode).isZero();
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("mqtt", "CONNECT", "bob", true, true));
    assertThat(FactsText.of(facts)).doesNotContain("sec");
  }

  @Test
  void shouldReadPastPropertiesOfVersion5() {
    MqttFacts mqtt = conversations().get(1).parse(protocol()).get(MqttFacts.class);
    assertThat(mqtt.version).isEqualTo("5");
    assertThat(mqtt.clientId).isEqualTo("ab");
  }

  /** Whatever one octet becomes, the password is not taken for the user or the identifier. */
  @Test
  void shouldNotTakeThePasswordForTheUserWherePropertiesAreDamaged() throws IllegalAccessException {
    byte[] connect =
        "\20\53\0\4MQTT\5\302\0\74\3\41\0\24\0\4dev1\0\5alice\0\16S3cretPassw0rd"
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 12; at < connect.length - 14; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] damaged = connect.clone();
        damaged[at] = (byte) value;
        FlowFacts facts = Exchange.tcp().client(damaged).parse(protocol());
        assertThat(FactsText.of(facts)).doesNotContain("S3cret");
      }
    }
  }
}
