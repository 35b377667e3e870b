package dev.forensics.indexer.detect.openvpn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenvpnProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new OpenvpnProtocol();
  }

  private static final String SESSION = "0123456789abcdef";
  private static final String PLAIN = "38" + SESSION + "00 00000000";
  private static final String PLAIN_ANSWER =
      "40 fedcba9876543210 01 00000000" + SESSION + "00000000";
  private static final String AUTH =
      "38" + SESSION + "aa".repeat(20) + "00000001 63cf4ff5 00 00000000";
  private static final String CRYPT =
      "38" + SESSION + "00000001 63cf4ff5" + "bb".repeat(32) + "cc".repeat(5);
  private static final String CRYPT_ANSWER =
      "40 fedcba9876543210 00000001 63cf4ff5" + "bb".repeat(32) + "cc".repeat(17);

  private static String framed(String hex) {
    return String.format("%04x", Exchange.hex(hex).length) + hex;
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        Exchange.tcp().clientHex(framed(PLAIN)).serverHex(framed(PLAIN_ANSWER)),
        Exchange.udp().clientHex(PLAIN).serverHex(PLAIN_ANSWER),
        Exchange.udp().clientHex(AUTH),
        Exchange.udp().clientHex(CRYPT).serverHex(CRYPT_ANSWER),
        Exchange.tcp().clientHex(framed(CRYPT)).serverHex(framed(CRYPT_ANSWER)));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex(framed(PLAIN + "00")), "HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldNameTheProtectionAndTheSessions() throws IllegalAccessException {
    FlowFacts plain = conversations().get(0).parse(protocol());
    assertThat(plain.get(OpenvpnFacts.class).controlProtection).isEqualTo("none");
    assertThat(plain.get(OpenvpnFacts.class).clientSessionId).isEqualTo(SESSION);
    assertThat(plain.get(OpenvpnFacts.class).serverSessionId).isEqualTo("fedcba9876543210");
    assertThat(FactsText.of(conversations().get(2).parse(protocol()))).contains("tls-auth");
    assertThat(FactsText.of(conversations().get(3).parse(protocol()))).contains("tls-crypt");
  }
}
