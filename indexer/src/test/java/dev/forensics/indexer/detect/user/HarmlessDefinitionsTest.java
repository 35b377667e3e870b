package dev.forensics.indexer.detect.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Suppression;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.flow.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No rule, suppression or list of a user stops the indexer or slows it down, whatever the text. */
class HarmlessDefinitionsTest {
  @TempDir Path folder;

  private static Flow flow(long responder) {
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.protocol = 6;
    flow.responderLow = responder;
    return flow;
  }

  private static FlowFacts asking(String path) {
    FlowFacts facts = new FlowFacts();
    facts.add(new HttpFacts()).paths.add(path);
    return facts;
  }

  private DetectionRule rule(String condition) throws IOException {
    Path file = folder.resolve("rules.yml");
    Files.writeString(file, "rules:\n- {id: r, name: R, severity: low, when: " + condition + "}\n");
    return UserRules.load(file).rules(Attribution.NONE).get(0);
  }

  private static boolean fires(DetectionRule rule, Flow flow, FlowFacts facts) {
    return rule.evaluate(flow, facts, Occasion.ENDED, 5) != null;
  }

  /** The first overflows a stack, the others take exponential time where an engine goes back. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(/|a|b)*$",
        "(.*)(.*)(.*)(.*)(.*)(.*)x$",
        "^(a+)+$",
        "(a|aa)+$",
        "^/(a?){30}a{30}x"
      })
  void shouldEndOnALongPath(String pattern) throws IOException {
    DetectionRule rule = rule("{field: url.path, matches: '" + pattern + "'}");
    String path = "/" + "ab".repeat(4_000) + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
    assertThat(fires(rule, flow(1), asking(path))).isFalse();
  }

  @Test
  void shouldRefuseWhatGrowsWhenItIsRead() {
    assertThatThrownBy(() -> rule("{field: url.path, matches: '((a{1000}){1000}){1000}'}"))
        .hasMessageContaining("not a regular expression");
    assertThatThrownBy(() -> rule("{field: url.path, matches: '" + "a".repeat(20_001) + "'}"))
        .hasMessageContaining("must be at most 20000");
    assertThatThrownBy(() -> rule("{field: url.path, matches: '(a)\\1'}"))
        .hasMessageContaining("not a regular expression");
  }

  @Test
  void shouldReadListsOfTheirOwn() throws IOException {
    String addresses =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))
            .collect(Collectors.joining("\n", "# watched\n\n", "\n2001:db8::/32\n192.0.2.0/24\n"));
    Files.writeString(folder.resolve("watched.txt"), addresses);
    DetectionRule rule = rule("{field: destination.ip, in_file: watched.txt}");
    FlowFacts facts = new FlowFacts();
    assertThat(fires(rule, flow(0x0A00_0001L), facts)).isTrue();
    assertThat(fires(rule, flow(0x0A01_0001L), facts)).isTrue();
    assertThat(fires(rule, flow(0x0A02_0001L), facts)).isFalse();
    assertThat(fires(rule, flow(0xC000_02FFL), facts)).isTrue();
    assertThat(fires(rule, flow(0xC000_0300L), facts)).isFalse();
    Files.writeString(folder.resolve("hosts.txt"), "EVIL.example\nother.example\n");
    DetectionRule hosts = rule("{field: url.domain, in_file: hosts.txt}");
    assertThat(fires(hosts, flow(1), withHost("evil.EXAMPLE"))).isTrue();
    assertThat(fires(hosts, flow(1), withHost("good.example"))).isFalse();
  }

  private static FlowFacts withHost(String host) {
    FlowFacts facts = new FlowFacts();
    facts.add(new HttpFacts()).hosts.add(host);
    return facts;
  }

  @Test
  void shouldNameTheLineOfAListThatCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("bad.txt"), "10.0.0.1\nnonsense\n");
    Files.writeString(folder.resolve("empty.txt"), "# nothing\n");
    assertThatThrownBy(() -> rule("{field: destination.ip, in_file: missing.txt}"))
        .hasMessageContaining("line 2: in_file: missing.txt cannot be read");
    assertThatThrownBy(() -> rule("{field: destination.ip, in_file: bad.txt}"))
        .hasMessageContaining("line 2: not an address or network: nonsense");
    assertThatThrownBy(() -> rule("{field: destination.ip, in_file: empty.txt}"))
        .hasMessageContaining("empty.txt has no value");
  }

  @Test
  void shouldTellWhatToDoWithAFileThatIsTooLarge() throws IOException {
    Path file = folder.resolve("large.yml");
    Files.writeString(file, "suppressions: []\n" + "# filler\n".repeat(400_000));
    assertThatThrownBy(() -> Suppressions.load(file, Set.of()))
        .hasMessageContaining("larger than 3 MiB")
        .hasMessageContaining("destination_file");
  }

  @Test
  void shouldTakeTheFirstOfManySuppressions() throws IOException {
    StringBuilder yaml = new StringBuilder("suppressions:\n");
    for (int i = 0; i < 9_990; i++) {
      String condition =
          switch (i % 4) {
            case 0 -> "destination: 10.0." + (i >> 8) + "." + (i & 255);
            case 1 -> "rule: other-" + i;
            case 2 -> "organization: Organization " + i;
            default -> "path: /p" + i + "*";
          };
      yaml.append(entry(condition, "no. " + i));
    }
    Files.writeString(folder.resolve("ours.txt"), "172.16.0.0/12\n");
    yaml.append(entry("destination_file: ours.txt", "by file"));
    yaml.append(entry("destination: 10.0.0.0/8", "by network"));
    yaml.append(entry("rule: r1, path: /x*", "by rule"));
    Path file = folder.resolve("suppressions.yml");
    Files.writeString(file, yaml);
    Suppression suppression = Suppressions.load(file, ids()).with(Attribution.NONE);
    assertThat(reason(suppression, 0x0A00_0004L, "/")).isEqualTo("no. 4");
    assertThat(reason(suppression, 0x0A00_0005L, "/")).isEqualTo("by network");
    assertThat(reason(suppression, 0x0A00_0005L, "/p7/x")).isEqualTo("no. 7");
    assertThat(reason(suppression, 0xAC10_0001L, "/")).isEqualTo("by file");
    assertThat(reason(suppression, 0xC000_0201L, "/xyz")).isEqualTo("by rule");
    assertThat(reason(suppression, 0xC000_0201L, "/")).isNull();
  }

  private static String entry(String condition, String reason) {
    return "- {" + condition + ", reason: '" + reason + "', expires: 2026-11-30}\n";
  }

  private static Set<String> ids() {
    return IntStream.range(0, 9_990)
        .mapToObj(i -> i == 0 ? "r1" : "other-" + i)
        .collect(Collectors.toSet());
  }

  private static String reason(Suppression suppression, long responder, String path) {
    RuleInfo info =
        new RuleInfo("r1", "R", "1", "c", Severity.LOW, "d", "w", "u", List.of(), List.of());
    Verdict verdict = new Verdict(info, null, 90, Severity.LOW, 1, "x", 1_000, null);
    return suppression.reason(flow(responder), asking(path), verdict);
  }
}
