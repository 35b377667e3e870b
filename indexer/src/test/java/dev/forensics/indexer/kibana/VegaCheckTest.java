package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VegaCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA = "\"$schema\":\"https://vega.github.io/schema/vega/v5.json\"";
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "^    (\\{\n {6}\"\\$schema\".*?\n {4}\\})$", Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void shouldFindNothingWrongWithTheDocumentedExample() throws IOException {
    String page = Files.readString(Path.of("../docs/visualizations.md"));
    Matcher example = EXAMPLE.matcher(page);

    assertThat(example.find()).isTrue();
    assertThat(problems(example.group(1))).isEmpty();
  }

  @Test
  void shouldRefuseAQueryBesideTheContextAsKibanaDoes() throws IOException {
    assertThat(
            problems(
                "{%s,\"data\":{\"url\":{\"%%context%%\":true,\"%%timefield%%\":\"t\",\"index\":\"i\","
                    + "\"body\":{\"query\":{\"match_all\":{}}}}}}"))
        .singleElement()
        .asString()
        .contains("a query of its own");
  }

  @Test
  void shouldRefuseWhatDoesNotListenToThePage() throws IOException {
    assertThat(problems("{%s,\"data\":{\"url\":{\"index\":\"i\",\"body\":{\"size\":0}}}}"))
        .containsExactly("leaves out the page's filters or its time range");
  }

  @Test
  void shouldRefuseForeignAddressesAndLaterVersions() throws IOException {
    assertThat(
            problems(
                "{\"$schema\":\"https://vega.github.io/schema/vega/v6.json\","
                    + "\"data\":{\"url\":\"https://example.org/x.json\"}}"))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("$schema"))
        .anyMatch(problem -> problem.contains("https://example.org/x.json"));
  }

  private static List<String> problems(String spec) throws IOException {
    ObjectNode object = JSON.createObjectNode().put("type", "visualization").put("id", "v");
    String whole = spec.replace("%s", SCHEMA).replace("%%", "%");
    object
        .putObject("attributes")
        .putObject("visState")
        .putObject("params")
        .set("spec", JSON.readTree(whole));
    return VegaCheck.problems(SavedObject.of(object));
  }
}
