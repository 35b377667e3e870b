package dev.forensics.indexer.detect.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireguardProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new WireguardProtocol();
  }

  private static final Exchange WHOLE =
      Exchange.udp()
          .clientHex("01000000 aabbccdd" + "11".repeat(140))
          .serverHex("02000000 11223344 aabbccdd" + "e2".repeat(80))
          .clientHex("04000000 11223344 0000000000000000" + "93".repeat(16))
          .serverHex("04000000 aabbccdd 0100000000000000" + "93".repeat(112));

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        WHOLE, Exchange.udp().clientHex("04000000 11223344 0900000000000000" + "93".repeat(16)));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("01000000 aabbccdd" + "11".repeat(141)),
        "long enough, but no message of this kind".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldCountTheKinds() throws IllegalAccessException {
    FlowFacts facts = WHOLE.parse(protocol());
    assertThat(facts.get(WireguardFacts.class).transports).isEqualTo(2);
    assertThat(FactsText.of(facts)).contains("initiations=1", "responses=1", "cookies=0");
  }
}
