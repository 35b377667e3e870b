package dev.forensics.indexer.detect.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Flow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserRulesTest {
  private static final Attribution HOLDER =
      (version, high, low) ->
          new Registration(
              "198.51.100.0/24", "Example Hosting", 64_500, null, "test", "2026-01-01");

  private static Flow flow() {
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.protocol = 6;
    flow.originatorLow = 0xC0000201L;
    flow.responderLow = 0xC6336402L;
    flow.originatorPort = 40_000;
    flow.responderPort = 8080;
    flow.originator.bytes = 700;
    flow.responder.bytes = 2_000;
    return flow;
  }

  private static FlowFacts facts() {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = "http";
    HttpFacts http = facts.add(new HttpFacts());
    http.methods.add("POST");
    http.paths.add("/a");
    http.paths.add("/api/v1");
    http.userAgents.add("curl/8.0");
    return facts;
  }

  private static boolean fires(String condition) throws DefinitionException {
    String yaml = "rules:\n- {id: r, name: R, severity: high, when: " + condition + "}\n";
    DetectionRule rule = UserRules.parse(yaml).rules(HOLDER).get(0);
    return rule.evaluate(flow(), facts(), Occasion.ENDED, 5) != null;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{field: network.protocol, is: HTTP} | true",
        "{field: network.protocol, is: tls} | false",
        "{field: destination.port, in: [80, 8080]} | true",
        "{field: destination.port, gt: 8080} | false",
        "{field: network.bytes, gt: 2_600} | true",
        "{field: source.bytes, lt: 701} | true",
        "{field: destination.ip, cidr: 198.51.100.0/24} | true",
        "{field: destination.ip, is: 198.51.100.2} | true",
        "{field: source.ip, cidr: [10.0.0.0/8, 'fd00::/8']} | false",
        "{field: url.path, matches: '^/api/'} | true",
        "{field: user_agent.original, matches: '^wget'} | false",
        "{field: destination.as.organization.name, is: example hosting} | true",
        "{field: tls.version, is: '1.2'} | false",
        "{not: {field: tls.version, is: '1.2'}} | true",
        "{all: [{field: network.type, is: ipv4}, {field: network.transport, is: tcp}]} | true",
        "{any: [{field: network.type, is: ipv6}, {field: network.transport, is: udp}]} | false"
      })
  void shouldEvaluateConditions(String condition, boolean expected) throws DefinitionException {
    assertThat(fires(condition)).isEqualTo(expected);
  }

  @Test
  void shouldDecideOnlyAtTheEndAndSayItsName() throws DefinitionException {
    String yaml =
        "rules:\n- {id: r, name: Posts, severity: low, when: {field: http.request.method, is: POST}}";
    DetectionRule rule = UserRules.parse(yaml).rules(Attribution.NONE).get(0);
    assertThat(rule.evaluate(flow(), facts(), Occasion.FACTS, 5)).isNull();
    Verdict verdict = rule.evaluate(flow(), facts(), Occasion.ENDED, 5);
    assertThat(verdict.reason()).isEqualTo("Posts.");
    assertThat(verdict.severity()).isEqualTo(Severity.LOW);
    assertThat(verdict.timestampNanos()).isEqualTo(5);
  }

  @Test
  void shouldTellAllFaultsWithTheirLines() {
    String yaml =
        """
        rules:
          - id: Not An Id
            name: x
            severity: awful
            color: red
            when: {field: no.such, is: 1}
          - id: two
            when:
              all:
                - {field: destination.port, matches: x}
                - {field: destination.ip, cidr: 10.0.0.0/33}
                - {field: network.bytes, gt: many}
                - {field: url.path, matches: '('}
                - {field: url.path, is: a, gt: 3}
                - {never: 1}
        """;
    assertThatThrownBy(() -> UserRules.parse(yaml))
        .isInstanceOf(DefinitionException.class)
        .extracting(e -> ((DefinitionException) e).faults(), list(String.class))
        .anyMatch(fault -> fault.startsWith("line 2: id must be"))
        .anyMatch(fault -> fault.startsWith("line 2: severity must be"))
        .anyMatch(fault -> fault.equals("line 5: unknown key color"))
        .anyMatch(fault -> fault.equals("line 6: unknown field no.such"))
        .anyMatch(fault -> fault.equals("line 7: name is missing"))
        .anyMatch(fault -> fault.equals("line 7: severity is missing"))
        .anyMatch(fault -> fault.startsWith("line 10: matches does not go with"))
        .anyMatch(fault -> fault.startsWith("line 11: not an address or network"))
        .anyMatch(fault -> fault.equals("line 12: not a whole number: many"))
        .anyMatch(fault -> fault.startsWith("line 13: not a regular expression"))
        .anyMatch(fault -> fault.startsWith("line 14: a field needs exactly one of"))
        .anyMatch(fault -> fault.startsWith("line 15: a condition is one of"));
  }

  /** Its alarms would have the ids of the built-in rule's, and one of both would be lost. */
  @Test
  void shouldRefuseTheIdOfABuiltInRuleAndWhatIsNoTechnique() {
    String yaml =
        """
        rules:
          - {id: http-on-https-port, name: x, severity: low, when: {field: url.path, is: /}}
          - {id: y, name: y, severity: low, techniques: [T1571, X1], when: {field: url.path, is: /}}
        """;
    assertThatThrownBy(() -> UserRules.parse(yaml))
        .hasMessageContaining("line 2: id is that of a built-in rule: http-on-https-port")
        .hasMessageContaining("line 3: techniques must be of the form T1571 or T1071.001, not X1");
  }

  @Test
  void shouldRefuseWhatIsNoYamlOrNoList() {
    assertThatThrownBy(() -> UserRules.parse("rules: [")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> UserRules.parse("rules: 3")).hasMessageContaining("must be a list");
    assertThatThrownBy(() -> UserRules.parse("rulez: []"))
        .hasMessageContaining("unknown key rulez");
    assertThatThrownBy(() -> UserRules.parse("[a]")).hasMessageContaining("must be a mapping");
  }

  @Test
  void shouldReadTheExampleOfTheDocumentation(@TempDir Path folder) throws Exception {
    String page = dev.forensics.indexer.detect.RulesPage.markdown(List.of());
    List<String> blocks = List.of(page.split("```"));
    Path rules = folder.resolve("rules.yml");
    Files.writeString(rules, blocks.get(1).substring("yaml\n".length()));
    Path suppressions = folder.resolve("suppressions.yml");
    Files.writeString(suppressions, blocks.get(3).substring("yaml\n".length()));
    assertThat(UserRules.load(rules).infos()).hasSize(1);
    assertThat(Suppressions.load(suppressions, Rules.ids()).size()).isEqualTo(1);
  }
}
