package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Conversations decoded from real captures against those that tshark saw. */
class ConversationConformanceTest {
  private static final Path FOLDER = Path.of("../../shared/captures");

  @TestFactory
  Stream<DynamicTest> shouldSeeTheConversationsOfTheGroundTruth() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "needs shared/captures beside the project");
    return captures().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
  }

  @Test
  void shouldExplainOnlyCapturesThatExist() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "needs shared/captures beside the project");
    assertThat(captures()).containsAll(ExplainedDifferences.captures());
  }

  private static Stream<String> captures() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString())
          .filter(name -> name.endsWith(".gt.json"))
          .map(name -> name.replace(".gt.json", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static void check(String name) throws IOException {
    JsonNode truth = new ObjectMapper().readTree(FOLDER.resolve(name + ".gt.json").toFile());
    Conversations conversations = Conversations.of(FOLDER.resolve(name));
    Map<String, Integer> decoded = conversations.packets();
    Map<String, Integer> expected = flows(truth);
    ExplainedDifferences.Difference difference = ExplainedDifferences.of(name);
    assertThat(without(expected, decoded)).as("missing").isEqualTo(difference.missing());
    assertThat(without(decoded, expected)).as("surplus").isEqualTo(difference.surplus());
    expected.keySet().retainAll(decoded.keySet());
    decoded.keySet().retainAll(expected.keySet());
    switch (difference.others()) {
      case SAME -> assertThat(decoded).isEqualTo(expected);
      case FEWER -> {
        assertThat(decoded).isNotEqualTo(expected);
        decoded.forEach(
            (flow, packets) -> assertThat(packets).isLessThanOrEqualTo(expected.get(flow)));
      }
      case MORE -> {
        assertThat(decoded).isNotEqualTo(expected);
        decoded.forEach(
            (flow, packets) -> assertThat(packets).isGreaterThanOrEqualTo(expected.get(flow)));
      }
    }
    assertThat(sum(conversations.decoder().counters()))
        .isEqualTo(conversations.decoder().counters().packets());
  }

  private static long sum(DecodeCounters counters) {
    long sum = counters.decoded();
    for (Layer layer : Layer.values()) {
      for (StopReason reason : StopReason.values()) {
        sum += counters.stops(layer, reason);
      }
    }
    return sum;
  }

  private static Set<String> without(Map<String, Integer> all, Map<String, Integer> others) {
    Set<String> left = new TreeSet<>(all.keySet());
    left.removeAll(others.keySet());
    return left;
  }

  private static Map<String, Integer> flows(JsonNode truth) {
    Map<String, Integer> flows = new TreeMap<>();
    for (JsonNode flow : truth.path("tshark").path("flows")) {
      flows.merge(
          Conversations.key(
              flow.get("l4").asText(),
              Conversations.canonical(flow.get("a").asText()),
              flow.get("a_port").asInt(),
              Conversations.canonical(flow.get("b").asText()),
              flow.get("b_port").asInt()),
          flow.get("frames").asInt(),
          Integer::sum);
    }
    return flows;
  }
}
