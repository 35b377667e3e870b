package dev.forensics.indexer.detect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.tls.CertificateFacts;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureRulesTest {
  private final DetectionRule credentials = new CleartextCredentials();
  private final Flow ftp = RuleFlows.tcp(21);

  @Test
  void shouldWaitForTheAnswerToALogin() {
    FlowFacts facts = new FlowFacts();
    CleartextLogins.sent(facts, "ftp", "USER/PASS", "alice", true);
    assertThat(RuleFlows.now(credentials, ftp, facts)).isSameAs(Verdict.LATER);
    CleartextLogins.answered(facts, true);
    Verdict verdict = RuleFlows.now(credentials, ftp, facts);
    assertThat(verdict.severity()).isEqualTo(Severity.HIGH);
    assertThat(verdict.reason())
        .isEqualTo(
            "FTP login of user alice with password sent in the clear (USER/PASS) to port 21;"
                + " the server accepted it.");
  }

  @Test
  void shouldWeighARefusedLoginLess() {
    FlowFacts facts = new FlowFacts();
    CleartextLogins.sent(facts, "pop3", "USER/PASS", "bob", true);
    CleartextLogins.answered(facts, false);
    CleartextLogins.sent(facts, "pop3", "USER/PASS", "bob", true);
    CleartextLogins.answered(facts, false);
    assertThat(RuleFlows.now(credentials, ftp, facts)).isSameAs(Verdict.LATER);
    Verdict verdict = RuleFlows.atEnd(credentials, ftp, facts);
    assertThat(verdict.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(verdict.reason()).contains("refused", "2 logins in all");
  }

  @Test
  void shouldLeaveOutAnonymousLoginsAndDigests() {
    FlowFacts facts = new FlowFacts();
    CleartextLogins.sent(facts, "ftp", "USER/PASS", "anonymous", true);
    CleartextLogins.sent(facts, "pop3", "APOP", "carol", false);
    assertThat(RuleFlows.atEnd(credentials, ftp, facts)).isNull();
  }

  /** The name stood before what was captured: it may be that of a guest. */
  @Test
  void shouldGradeALoginLowerWhoseUserWasMissed() {
    Flow joined = RuleFlows.tcp(21);
    joined.midstream = true;
    FlowFacts facts = new FlowFacts();
    CleartextLogins.sent(facts, "ftp", "USER/PASS", null, true);
    CleartextLogins.answered(facts, true);
    assertThat(RuleFlows.atEnd(credentials, joined, facts).severity()).isEqualTo(Severity.MEDIUM);
    assertThat(RuleFlows.atEnd(credentials, ftp, facts).severity()).isEqualTo(Severity.HIGH);
  }

  /** The second attempt is what matters: nothing is said while the first stands refused. */
  @Test
  void shouldReportTheAcceptedOneOfSeveralLogins() {
    FlowFacts facts = new FlowFacts();
    CleartextLogins.sent(facts, "ftp", "USER/PASS", "mallory", true);
    CleartextLogins.answered(facts, false);
    assertThat(RuleFlows.now(credentials, ftp, facts)).isSameAs(Verdict.LATER);
    CleartextLogins.sent(facts, "ftp", "USER/PASS", "alice", true);
    CleartextLogins.answered(facts, true);
    Verdict verdict = RuleFlows.now(credentials, ftp, facts);
    assertThat(verdict.severity()).isEqualTo(Severity.HIGH);
    assertThat(verdict.reason()).contains("user alice", "accepted", "2 logins in all");
  }

  /** The client is known with its last piece only; its answer was there before. */
  @Test
  void shouldJoinTheAnswerOfAProxyThatWasKnownLate() {
    InspectedExchange run = new InspectedExchange(1080);
    run.play(
        Exchange.tcp()
            .clientHex("05 02 0002")
            .serverHex("05 02")
            .clientHex("01 03 626f62 03 736563")
            .serverHex("01 00")
            .clientHex("05 01 00 03 01 68 0050")
            .serverHex("05 00 00 01 00000000 0000"));
    assertThat(run.end(EndReason.FIN).verdict("cleartext-credentials").reason())
        .contains("SOCKS login of user bob", "the server accepted it");
  }

  @Test
  void shouldJoinTheAnswerToAPasswordThatCameFirst() {
    InspectedExchange run = new InspectedExchange(21);
    run.flow().midstream = true;
    run.play(
        Exchange.tcp()
            .client("PASS secret\r\n")
            .server("230 ok\r\n")
            .client("SYST\r\n")
            .server("215 UNIX\r\n"));
    assertThat(run.end(EndReason.FIN).verdict("cleartext-credentials").reason())
        .contains("FTP login", "the server accepted it");
  }

  private static FlowFacts tls(int version) {
    FlowFacts facts = new FlowFacts();
    TlsFacts tls = facts.add(new TlsFacts());
    tls.clientHello = true;
    tls.serverHello = true;
    tls.versionNumber = version;
    tls.serverName = "www.example.com";
    tls.clientHelloNanos = RuleFlows.NANOS;
    return facts;
  }

  @ParameterizedTest
  @CsvSource({"0x0304,", "0x0303,", "0x0302,LOW", "0x0301,LOW", "0x0300,MEDIUM", "0x0002,MEDIUM"})
  void shouldGradeOldVersions(int version, Severity severity) {
    Verdict verdict = RuleFlows.now(new TlsObsoleteVersion(), RuleFlows.tcp(443), tls(version));
    assertThat(verdict == null ? null : verdict.severity()).isEqualTo(severity);
  }

  @Test
  void shouldReportAClientThatCanDoNothingNewer() {
    FlowFacts facts = tls(0);
    facts.get(TlsFacts.class).serverHello = false;
    facts.get(TlsFacts.class).offeredVersion = 0x0301;
    DetectionRule rule = new TlsObsoleteVersion();
    assertThat(RuleFlows.now(rule, RuleFlows.tcp(443), facts)).isSameAs(Verdict.LATER);
    assertThat(RuleFlows.atEnd(rule, RuleFlows.tcp(443), facts).severity())
        .isEqualTo(Severity.INFORMATIONAL);
  }

  private static CertificateFacts certificate(
      long fromMillis, long toMillis, boolean selfSigned, String... names) {
    return new CertificateFacts(
        "00",
        "CN=a",
        "CN=b",
        "1",
        fromMillis,
        toMillis,
        List.of(names),
        "a.example",
        selfSigned,
        "RSA",
        "SHA256withRSA");
  }

  private static FlowFacts showing(CertificateFacts certificate) {
    FlowFacts facts = tls(0x0303);
    facts.get(TlsFacts.class).certificates = List.of(certificate);
    return facts;
  }

  @Test
  void shouldJudgeValidityByPacketTime() {
    DetectionRule rule = new TlsCertificateExpired();
    Flow flow = RuleFlows.tcp(443);
    long then = RuleFlows.NANOS / 1_000_000;
    assertThat(RuleFlows.now(rule, flow, showing(certificate(then - 10, then + 10, false))))
        .isNull();
    assertThat(RuleFlows.now(rule, flow, showing(certificate(then - 10, then - 5, false))).reason())
        .contains("www.example.com (port 443) expired on 2023-11-14T22:13:19.995Z");
    assertThat(RuleFlows.now(rule, flow, showing(certificate(then + 5, then + 9, false))).reason())
        .contains("was not valid before");
  }

  @Test
  void shouldReportSelfSignedOnes() {
    DetectionRule rule = new TlsCertificateSelfSigned();
    Flow flow = RuleFlows.tcp(443);
    assertThat(RuleFlows.now(rule, flow, showing(certificate(0, 1, false)))).isNull();
    assertThat(RuleFlows.now(rule, flow, showing(certificate(0, 1, true)))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com,false",
    "*.example.com,false",
    "WWW.EXAMPLE.COM.,false",
    "*.com,true",
    "example.com,true",
    "*.www.example.com,true",
    "mail.example.com,true"
  })
  void shouldMatchNames(String name, boolean raised) {
    FlowFacts facts = showing(certificate(0, 1, false, "other.example", name));
    DetectionRule rule = new TlsCertificateNameMismatch();
    assertThat(RuleFlows.now(rule, RuleFlows.tcp(443), facts) != null).isEqualTo(raised);
  }

  /** Addresses have no place in the SNI; a client that puts one there asked for no name. */
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "[2001:db8::1]", "www.example.com:443", ""})
  void shouldNotCompareWhatIsNoName(String asked) {
    FlowFacts facts = showing(certificate(0, 1, false, "other.example"));
    facts.get(TlsFacts.class).serverName = asked;
    DetectionRule rule = new TlsCertificateNameMismatch();
    assertThat(RuleFlows.now(rule, RuleFlows.tcp(443), facts)).isNull();
  }

  @Test
  void shouldNotJudgeNamesThatWereCutOff() {
    String[] many = new String[64];
    Arrays.fill(many, "x.example");
    FlowFacts facts = showing(certificate(0, 1, false, many));
    DetectionRule rule = new TlsCertificateNameMismatch();
    assertThat(RuleFlows.now(rule, RuleFlows.tcp(443), facts)).isNull();
  }
}
