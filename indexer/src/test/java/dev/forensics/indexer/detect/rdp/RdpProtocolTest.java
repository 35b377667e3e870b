package dev.forensics.indexer.detect.rdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RdpProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new RdpProtocol();
  }

  private static final String BARE =
      " 06 %s 0000 0000 00 0300 0019 02f080 7f%s 8201 00 04010104010101";

  private static final Exchange NEGOTIATED =
      Exchange.tcp()
          .clientHex(
              "0300 002d 28 e0 0000 0000 00"
                  + "436f6f6b69653a206d737473686173683d61646d696e31320d0a"
                  + "01 00 0800 0b000000")
          .serverHex("0300 0013 0e d0 0000 1234 00 02 1f 0800 02000000");

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        NEGOTIATED,
        Exchange.tcp()
            .clientHex("0300 000b" + String.format(BARE, "e0", "65"))
            .serverHex("0300 000b" + String.format(BARE, "d0", "66")));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("0300 0016 11 e0 0000 0001 00 c1020100 c2020102 c0010a"),
        Exchange.hex("0300 0019 02 f0 80 32010000"),
        "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReadCookieAndNegotiation() throws IllegalAccessException {
    FlowFacts facts = NEGOTIATED.parse(protocol());
    RdpFacts rdp = facts.get(RdpFacts.class);
    assertThat(rdp.cookieUser).isEqualTo("admin12");
    assertThat(rdp.requestedProtocols).isEqualTo(11);
    assertThat(rdp.selectedProtocol).isEqualTo(2);
    assertThat(FactsText.of(facts)).contains("admin12");
  }

  @Test
  void shouldKnowThatAnOldServerUsesItsOwnEncryption() {
    RdpFacts rdp = conversations().get(1).parse(protocol()).get(RdpFacts.class);
    assertThat(rdp.standardSecurity()).isTrue();
  }
}
