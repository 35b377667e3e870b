package dev.forensics.indexer.detect.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StunProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new StunProtocol();
  }

  /** The sample request and IPv4 response of RFC 5769, sections 2.1 and 2.2. */
  private static final String REQUEST =
      "00010058 2112a442 b7e7a701bc34d686fa87dfae"
          + "80220010 5354554e207465737420636c69656e74"
          + "00240004 6e0001ff 80290008 932ff9b151263b36"
          + "00060009 6576746a3a68367659202020"
          + "00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf";

  private static final String RESPONSE =
      "0101003c 2112a442 b7e7a701bc34d686fa87dfae"
          + "8022000b 7465737420766563746f7220"
          + "00200008 0001a147e112a643"
          + "00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96";

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        Exchange.udp().clientHex(REQUEST).serverHex(RESPONSE),
        Exchange.tcp().clientHex(REQUEST).serverHex(RESPONSE));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("000100582112a443b7e7a701"), "GET /".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReadTheAttributesOfThePublishedSamples() throws IllegalAccessException {
    FlowFacts facts = conversations().get(0).parse(protocol());
    StunFacts stun = facts.get(StunFacts.class);
    assertThat(stun.user).isEqualTo("evtj:h6vY");
    assertThat(stun.software).isEqualTo("test vector");
    assertThat(stun.mappedAddress).isEqualTo("192.0.2.1:32853");
    assertThat(FactsText.of(facts)).contains("messages=2", "turn=false");
  }
}
