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
  private static final String CRYPT_V2 =
      "50" + SESSION + "0f000001 63cf4ff5" + "bb".repeat(37) + "cc".repeat(288) + "0122";
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
        Exchange.tcp().clientHex(framed(CRYPT)).serverHex(framed(CRYPT_ANSWER)),
        Exchange.udp().clientHex(CRYPT_V2));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex(framed(PLAIN + "00")), "HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A session id, no more than 8, and a time stand where DNS has counts, a label's length, text.
   */
  @Test
  void shouldNotKnowLookUps() {
    String name = "03777777 076578616d706c65 03636f6d 00";
    String answers = "c00c00010001 0000012c 0004 c6336401".repeat(8);
    for (String opcode : new String[] {"50", "38", "40"}) {
      String question = opcode + "01 8180 0001 0008 0000 0000" + name + "00010001";
      byte[] answer = Exchange.hex(question + answers);
      byte[] exact = Exchange.hex(question.replace("0008", "0000") + "00".repeat(21));
      for (byte[] message : new byte[][] {answer, exact}) {
        assertThat(
                protocol()
                    .identify(
                        message,
                        0,
                        message.length,
                        dev.forensics.indexer.flow.Direction.ORIGINATOR,
                        Exchange.udp().flow()))
            .isEqualTo(dev.forensics.indexer.detect.Match.NO);
      }
    }
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
