package dev.forensics.indexer.detect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.UnknownBytes;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.Flow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortRulesTest {
  private static final DetectionSettings SETTINGS = DetectionSettings.defaults();
  private final DetectionRule mismatch = new ProtocolPortMismatch(SETTINGS);
  private final DetectionRule unexpected = new TlsOnUnexpectedPort(SETTINGS);
  private final DetectionRule unknown = new UnknownOnHttpsPort(SETTINGS);

  @ParameterizedTest
  @CsvSource({
    "6,443,ssh,true",
    "6,443,tls,false",
    "6,443,http,false",
    "6,443,mtproto,false",
    "6,8443,rdp,true",
    "6,80,tls,true",
    "6,80,http,false",
    "6,22,http,true",
    "6,22,ssh,false",
    "17,53,wireguard,true",
    "17,53,dns,false",
    "17,443,quic,false",
    "6,40001,ssh,false",
    "6,5222,mtproto,false",
    "6,25,smtp,false",
    "6,21,smtp,true"
  })
  void shouldKnowWhatBelongsWhere(int transport, int port, String protocol, boolean raised) {
    FlowFacts facts = RuleFlows.speaking(protocol, protocol);
    Flow flow = RuleFlows.to(transport, port);
    flow.originator.firstPayload = beginningWithTls(port).originator.firstPayload;
    Verdict verdict = RuleFlows.now(mismatch, flow, facts);
    assertThat(verdict != null).isEqualTo(raised);
  }

  /** STARTTLS, CONNECT and SOCKS requests lie before what a capture joined in the middle shows. */
  @ParameterizedTest
  @CsvSource({"25,smtp", "143,imap", "1080,socks", "80,http", "8080,http"})
  void shouldNotMistakeTheTlsInsideForAll(int port, String outside) {
    FlowFacts facts = RuleFlows.speaking("tls", "tls");
    Flow joined = beginningWithTls(port);
    joined.midstream = true;
    Flow cut = RuleFlows.tcp(port);
    cut.originator.firstPayload = outside.getBytes(StandardCharsets.ISO_8859_1);
    for (DetectionRule rule : List.of(mismatch, unexpected)) {
      assertThat(RuleFlows.atEnd(rule, joined, facts)).isNull();
      assertThat(RuleFlows.atEnd(rule, cut, facts)).isNull();
    }
  }

  private static Flow beginningWithTls(int port) {
    Flow flow = RuleFlows.tcp(port);
    flow.originator.firstPayload = new byte[] {0x16, 3, 1, 2, 0, 1};
    return flow;
  }

  @Test
  void shouldSayWhoSpeaksWhatWhere() {
    Verdict verdict = RuleFlows.now(mismatch, RuleFlows.tcp(443), RuleFlows.speaking("tls", "ssh"));
    assertThat(verdict.reason())
        .isEqualTo("SSH on TCP port 443, which is for HTTPS (RFC 9110): the server speaks ssh.");
    assertThat(verdict.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void shouldNotMistakeAnAnswerForAServer() {
    Flow answer = RuleFlows.to(17, 1194);
    answer.originatorPort = 53;
    assertThat(RuleFlows.now(mismatch, answer, RuleFlows.speaking("dns", null))).isNull();
  }

  @Test
  void shouldExpectTlsOnHttpsPortsOfTheSettings() {
    DetectionRule own = new ProtocolPortMismatch(SETTINGS.withHttpsPorts(Set.of(4443)));
    assertThat(RuleFlows.now(own, RuleFlows.tcp(4443), RuleFlows.speaking("ssh", "ssh")))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"443,false", "993,false", "8080,true", "31337,true", "80,false", "22,false"})
  void shouldReportTlsOnlyWhereNothingIsKnown(int port, boolean raised) {
    FlowFacts facts = RuleFlows.speaking("tls", "tls");
    assertThat(RuleFlows.atEnd(unexpected, beginningWithTls(port), facts) != null)
        .isEqualTo(raised);
  }

  @Test
  void shouldWaitForAHello() {
    Verdict verdict =
        RuleFlows.now(unexpected, beginningWithTls(8080), RuleFlows.speaking("tls", null));
    assertThat(verdict).isSameAs(Verdict.LATER);
  }

  private static FlowFacts unknown(String originator, String responder) {
    FlowFacts facts = new FlowFacts();
    facts.originatorUnknown = measured(originator);
    facts.responderUnknown = measured(responder);
    return facts;
  }

  private static UnknownBytes measured(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return UnknownBytes.of(bytes, 0, bytes.length);
  }

  private static Flow beginning(String originator, String responder) {
    Flow flow = RuleFlows.tcp(443);
    flow.originator.firstPayload = originator.getBytes(StandardCharsets.ISO_8859_1);
    flow.responder.firstPayload = responder.getBytes(StandardCharsets.ISO_8859_1);
    return flow;
  }

  private Verdict judge(String originator, String responder) {
    return RuleFlows.atEnd(
        unknown, beginning(originator, responder), unknown(originator, responder));
  }

  @Test
  void shouldReportTextThatNobodyKnows() {
    Verdict verdict = judge("GETINFO version now", "250 OK!!");
    assertThat(verdict.reason()).contains("client: entropy", "100 % printable", "19 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "'\0'",
    "'\0\0\0\0\0\0\0\0\0\0'",
    "'short'",
    "'\26\3\1\1\0\1\0\0\0'",
    "'\0\0\0\27\3\3\0\50abc'"
  })
  void shouldNotReportWhatSaysNothing(String bytes) {
    assertThat(judge(bytes, "")).isNull();
  }

  @Test
  void shouldReportABrokenRecordThatIsNoTls() {
    assertThat(judge("\26GARBAGE that is no record", "")).isNotNull();
  }

  @Test
  void shouldBelieveOnlyTextInTheMiddleOfAConnection() {
    String binary = "\46\0\0\0\244\71\110\126\265\135\251\27\76\32\113\173";
    Flow flow = beginning(binary, "");
    flow.midstream = true;
    assertThat(RuleFlows.atEnd(unknown, flow, unknown(binary, ""))).isNull();
    Flow text = beginning("geneve-ipv4-tcp-fwd", "");
    text.midstream = true;
    Verdict verdict = RuleFlows.atEnd(unknown, text, unknown("geneve-ipv4-tcp-fwd", ""));
    assertThat(verdict.confidence()).isLessThan(60);
  }

  @Test
  void shouldWaitUntilBothSidesAreKnown() {
    FlowFacts facts = unknown("something else", "");
    facts.responderUnknown = null;
    Flow flow = beginning("something else", "");
    assertThat(RuleFlows.now(unknown, flow, facts)).isSameAs(Verdict.LATER);
    assertThat(RuleFlows.atEnd(unknown, flow, facts)).isNotNull();
  }
}
