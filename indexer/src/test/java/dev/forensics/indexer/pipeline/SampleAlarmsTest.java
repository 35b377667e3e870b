package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample raises the alarms that samples/expected.json lists for it, and no others. */
class SampleAlarmsTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TestFactory
  List<DynamicTest> shouldRaiseExactlyTheExpectedAlarms() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(SAMPLES.resolve("expected.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode entry : expected.path("captures")) {
      List<Path> files = new ArrayList<>();
      entry.path("files").forEach(file -> files.add(SAMPLES.resolve(file.asText())));
      tests.add(
          DynamicTest.dynamicTest(
              entry.path("files").toString(), () -> compare(files, entry.path("alarms"))));
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests;
  }

  private static void compare(List<Path> files, JsonNode alarms) throws Exception {
    Map<String, Long> expected = new TreeMap<>();
    for (JsonNode alarm : alarms) {
      expected.merge(
          key(alarm.path("destination"), alarm.path("rule"), alarm.path("outcome")),
          alarm.path("count").asLong(),
          Long::sum);
    }
    Map<String, Long> raised = new TreeMap<>();
    for (JsonNode alarm : CollectedDocuments.of(files, 1).of(DocumentKind.ALARM)) {
      raised.merge(
          key(
              alarm.at("/destination/ip"),
              alarm.at("/rule/id"),
              alarm.at("/forensics/alarm/outcome")),
          1L,
          Long::sum);
    }
    assertThat(raised).isEqualTo(expected);
  }

  private static String key(JsonNode destination, JsonNode rule, JsonNode outcome) {
    return destination.asText() + " " + rule.asText() + " " + outcome.asText("");
  }
}
