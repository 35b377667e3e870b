package dev.forensics.indexer.detect.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.wire.AddressReader;
import dev.forensics.indexer.flow.EndReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n";
  private static final String VERSION_2 = "0d0a0d0a000d0a515549540a 21 ";
  private static final String IPV4 = VERSION_2 + "11 000c c0000232 cb00714d 9c40 01bb";
  private static final String IPV6 =
      VERSION_2
          + "21 0027 20010db8000000000000000000000050 20010db8000000000000000000000001 9c40 01bb"
          + " 040000";

  private static ForwardedFacts learned(Exchange exchange) {
    InspectedExchange run = new InspectedExchange(443);
    run.play(exchange).end(EndReason.FIN);
    assertThat(run.facts().originatorProtocol).isEqualTo("http");
    assertThat(run.verdict("http-on-https-port")).isNotNull();
    return run.facts().get(ForwardedFacts.class);
  }

  @Test
  void shouldTakeTheClientOfBothVersionsHoweverTheyAreCut() {
    for (int size = 1; size < 60; size++) {
      ForwardedFacts second =
          learned(Exchange.tcp().clientHex(IPV4).client(GET + "\r\n").cut(size));
      assertThat(second.by).containsExactly("proxy-v2");
      assertThat(second.addresses.values()).containsExactly("192.0.2.50");
      assertThat(second.port).isEqualTo(40_000);
      assertThat(second.serverAddress).isEqualTo("203.0.113.77");
      assertThat(second.serverPort).isEqualTo(443);
      String line = "PROXY TCP6 2001:db8::50 2001:DB8:0::1 40000 443\r\n";
      ForwardedFacts first = learned(Exchange.tcp().client(line + GET + "\r\n").cut(size));
      assertThat(first.by).containsExactly("proxy-v1");
      assertThat(first.addresses.values()).containsExactly("2001:db8::50");
      assertThat(first.serverAddress).isEqualTo("2001:db8::1");
    }
  }

  @Test
  void shouldReadVersion2WithIpv6AndFieldsBehindTheAddresses() {
    ForwardedFacts facts = learned(Exchange.tcp().clientHex(IPV6).client(GET + "\r\n"));
    assertThat(facts.addresses.values()).containsExactly("2001:db8::50");
    assertThat(facts.port).isEqualTo(40_000);
    assertThat(facts.serverPort).isEqualTo(443);
  }

  @Test
  void shouldTakeEachHeaderOfAChainOfProxies() {
    ForwardedFacts facts =
        learned(
            Exchange.tcp()
                .client("PROXY TCP4 198.51.100.1 203.0.113.63 51001 443\r\n")
                .clientHex(IPV4)
                .client(GET + "\r\n"));
    assertThat(facts.by).containsExactly("proxy-v1", "proxy-v2");
    assertThat(facts.addresses.values()).containsExactly("198.51.100.1", "192.0.2.50");
    assertThat(facts.port).isEqualTo(51_001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY UNKNOWN\r\n",
        "PROXY TCP4 999.1.1.1 203.0.113.63 51001 443\r\n",
        "PROXY TCP4 198.51.100.1\r\n"
      })
  void shouldTakeNoneOfAHeaderThatNamesNone(String line) {
    assertThat(learned(Exchange.tcp().client(line + GET + "\r\n"))).isNull();
  }

  @Test
  void shouldTakeNoneOfALocalConnection() {
    String local = "0d0a0d0a000d0a515549540a 20 00 0000";
    assertThat(learned(Exchange.tcp().clientHex(local).client(GET + "\r\n"))).isNull();
  }

  @Test
  void shouldTakeTheFirstClientOfEachRequest() {
    ForwardedFacts facts =
        learned(
            Exchange.tcp()
                .client(GET + "X-Forwarded-For: 192.0.2.1, 10.0.0.1\r\n\r\n")
                .client(GET + "forwarded: By=x; For=\"[2001:db8::7]:99\", for=10.0.0.2\r\n\r\n")
                .client(GET + "X-Forwarded-For: 192.0.2.1:8080\r\n\r\n"));
    assertThat(facts.by).containsExactly("x-forwarded-for", "forwarded");
    assertThat(facts.addresses.values()).containsExactly("192.0.2.1", "2001:db8::7");
    assertThat(facts.addresses.count(0)).isEqualTo(2);
  }

  @Test
  void shouldTakeNothingThatIsNoAddress() {
    FlowFacts facts = new FlowFacts();
    for (String text :
        List.of("", "unknown", "s3cret", "1.2.3", "1.2.3.256", "::1::2", "[::1", "g::")) {
      ForwardedFields.read("for=" + text, text, facts);
    }
    ForwardedFields.read("for=_hidden;proto=https", null, facts);
    assertThat(facts.get(ForwardedFacts.class)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::, ::",
    "::1, ::1",
    "2001:DB8::, 2001:db8::",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "::ffff:192.0.2.1, ::ffff:c000:201"
  })
  void shouldReadAddresses(String text, String address) {
    assertThat(AddressReader.read(text)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        ":1",
        "1:",
        "192.0.2.1.5",
        "192.0.2.",
        "+1.2.3.4",
        "1.2.3.4::",
        "::1.2.3.4:1"
      })
  void shouldRefuseWhatIsNone(String text) {
    assertThat(AddressReader.read(text)).isNull();
  }
}
