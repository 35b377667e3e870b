package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.enrich.Attribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/rules.md is up to date; -Ddocs.update=true brings it so. */
class RulesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "rules.md");

  private static List<RuleInfo> infos() {
    return Rules.builtIn(DetectionSettings.defaults(), Attribution.NONE).stream()
        .map(DetectionRule::info)
        .toList();
  }

  @Test
  void shouldBeUpToDate() throws IOException {
    String expected = RulesPage.markdown(infos());
    if (Boolean.getBoolean("docs.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/rules.md is stale: run this test with -Ddocs.update=true")
        .isEqualTo(expected);
  }

  @Test
  void shouldDescribeEveryRuleInFull() {
    for (RuleInfo rule : infos()) {
      assertThat(rule.id()).matches("[a-z0-9-]+");
      assertThat(List.of(rule.name(), rule.description(), rule.rationale()))
          .as(rule.id())
          .noneMatch(String::isBlank);
      assertThat(rule.reference()).startsWith("https://");
      assertThat(rule.benignCauses()).as(rule.id()).isNotEmpty();
      assertThat(rule.techniques()).allMatch(id -> id.matches("T\\d{4}(\\.\\d{3})?"));
    }
  }
}
