package dev.forensics.indexer.detect.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new DnsProtocol();
  }

  private static final String QUERY =
      "1234 0100 0001 0000 0000 0000 03777777 07657861 6d706c65 03636f6d 00 0001 0001";
  private static final String ANSWER =
      "1234 8180 0001 0003 0000 0000 03777777 07657861 6d706c65 03636f6d 00 0001 0001"
          + "c00c 0005 0001 0000003c 0006 03 63646e c010"
          + "c02d 0001 0001 0000003c 0004 5db8d822"
          + "c02d 001c 0001 0000003c 0010 20010db8000000000000000000000001";

  private static String framed(String hex) {
    return String.format("%04x", Exchange.hex(hex).length) + hex;
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        Exchange.udp().clientHex(QUERY).serverHex(ANSWER),
        Exchange.tcp().clientHex(framed(QUERY)).serverHex(framed(ANSWER)));
  }

  @Test
  void shouldGiveTheAskedNameToTheAddressesBehindTheAlias() {
    for (Exchange exchange : conversations()) {
      DnsFacts dns = exchange.parse(protocol()).get(DnsFacts.class);
      assertThat(dns.questions()).containsExactly(new DnsQuestion("www.example.com", "A"));
      assertThat(dns.answers())
          .containsExactly(
              new DnsAnswer("www.example.com", "CNAME", "cdn.example.com", 60),
              new DnsAnswer("cdn.example.com", "A", "93.184.216.34", 60),
              new DnsAnswer("cdn.example.com", "AAAA", "2001:db8::1", 60));
      assertThat(dns.addresses())
          .containsExactly(
              new DnsAddress("www.example.com", 4, 0, 0x5db8d822L, 2),
              new DnsAddress("www.example.com", 6, 0x20010db800000000L, 1, 2));
      assertThat(dns.malformed).isZero();
    }
  }

  @Test
  void shouldShowTheRootAsADot() {
    FlowFacts facts =
        Exchange.udp().clientHex("1234 0100 0001 0000 0000 0000 00 0002 0001").parse(protocol());
    assertThat(facts.get(DnsFacts.class).questions()).containsExactly(new DnsQuestion(".", "NS"));
  }

  @Test
  void shouldEndNamesThatPointToThemselves() {
    FlowFacts facts =
        Exchange.udp()
            .serverHex(
                "1234 8180 0001 0001 0000 0000 0161 00 0001 0001 c013 0005 0001 0000003c 0002 c013")
            .parse(protocol());
    assertThat(facts.get(DnsFacts.class).answers()).hasSize(1);
  }

  @Test
  void shouldKeepBoundedLists() {
    Exchange many = Exchange.udp();
    for (int i = 0; i < 300; i++) {
      many.clientHex(QUERY.replace("03777777", "03" + String.format("%06x", 0x616161 + i)));
    }
    DnsFacts dns = many.parse(protocol()).get(DnsFacts.class);
    assertThat(dns.queries).isEqualTo(300);
    assertThat(dns.questions()).hasSize(DnsFacts.QUESTION_LIMIT);
  }

  @Test
  void shouldRefuseBytesOfATextProtocol() {
    assertThat(
            protocol()
                .identify(
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                    0,
                    25,
                    dev.forensics.indexer.flow.Direction.ORIGINATOR,
                    Exchange.tcp().flow()))
        .isEqualTo(dev.forensics.indexer.detect.Match.NO);
  }
}
