package dev.forensics.indexer.detect.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Flow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionsTest {
  private static final RuleInfo RULE =
      new RuleInfo("r1", "R", "1", "c", Severity.LOW, "d", "w", "u", List.of(), List.of());
  private static final Attribution HOLDER =
      (version, high, low) ->
          new Registration("198.51.100.0/24", "Telegram", 1, null, "test", "2026-01-01");

  private static String reason(String conditions, String packetTime, String... paths)
      throws DefinitionException {
    Instant time = Instant.parse(packetTime);
    long nanos = time.getEpochSecond() * 1_000_000_000L;
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.responderLow = 0xC6336402L;
    FlowFacts facts = new FlowFacts();
    HttpFacts http = facts.add(new HttpFacts());
    List.of(paths).forEach(http.paths::add);
    http.userAgents.add("probe/2.1");
    Verdict verdict = new Verdict(RULE, null, 90, Severity.LOW, 1, "x", nanos, null);
    String yaml = "suppressions:\n- {" + conditions + ", reason: known, expires: 2026-11-30}\n";
    return Suppressions.parse(yaml, id -> true).with(HOLDER).reason(flow, facts, verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule: r1 | true",
        "rule: [r0, r1] | true",
        "rule: r0 | false",
        "destination: 198.51.100.0/24 | true",
        "destination: ['2001:db8::/32', 203.0.113.1] | false",
        "organization: telegram | true",
        "organization: Other | false",
        "path: /api* | true",
        "path: /api | false",
        "user_agent: 'probe/*' | true",
        "user_agent: 'probe' | false",
        "'rule: r1, destination: 203.0.113.1' | false"
      })
  void shouldMatch(String conditions, boolean suppressed) throws DefinitionException {
    String reason = reason(conditions, "2026-11-20T00:00:00Z", "/api1", "/api2");
    assertThat(reason).isEqualTo(suppressed ? "known" : null);
  }

  @Test
  void shouldKeepTheAlarmWhenOneRequestIsAnother() throws DefinitionException {
    assertThat(reason("path: /api*", "2026-11-20T00:00:00Z", "/api1", "/other")).isNull();
  }

  @Test
  void shouldExpireByPacketTime() throws DefinitionException {
    assertThat(reason("rule: r1", "2026-11-30T23:59:59Z")).isEqualTo("known");
    assertThat(reason("rule: r1", "2026-12-01T00:00:00Z")).isNull();
  }

  @Test
  void shouldTellAllFaults() {
    String yaml =
        """
        suppressions:
          - reason: everything
            expires: 2027-01-31
          - rule: x
            expires: tomorrow
            owner: me
        """;
    assertThatThrownBy(() -> Suppressions.parse(yaml, Set.of("r1")::contains))
        .hasMessageContaining("line 2: a suppression needs one of")
        .hasMessageContaining("line 4: no rule is called x")
        .hasMessageContaining("line 4: reason is missing")
        .hasMessageContaining("line 4: expires must be a date")
        .hasMessageContaining("line 6: unknown key owner");
  }
}
