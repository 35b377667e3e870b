package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same traffic in 41 encapsulations has the same flows with the same packet counts. */
class EncapsulationConformanceTest {
  private static final Path FOLDER = Path.of("../../shared/captures/synthetic/encap");

  @TestFactory
  Stream<DynamicTest> shouldFindTheSameFlowsInEveryEncapsulation() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "needs shared/captures beside the project");
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".pcap")).sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private static void check(Path capture) throws IOException {
    Conversations conversations = Conversations.of(capture);
    JsonNode expected = new ObjectMapper().readTree(Path.of(capture + ".expected.json").toFile());
    DecodeCounters counters = conversations.decoder().counters();
    assertThat(counters.packets()).isEqualTo(expected.get("packets").asLong());
    if (expected.get("linktype").asInt() == 147) {
      assertThat(conversations.packets()).isEmpty();
      assertThat(counters.unsupportedLinkTypes()).containsEntry(147, counters.packets());
      return;
    }
    assertThat(conversations.packets()).isEqualTo(flows(expected));
    assertThat(counters.decoded()).isEqualTo(counters.packets());
    assertThat(counters.tunnelFallbacks()).isZero();
  }

  private static Map<String, Integer> flows(JsonNode expected) {
    Map<String, Integer> flows = new TreeMap<>();
    for (JsonNode flow : expected.get("flows")) {
      flows.put(
          Conversations.key(
              flow.get("l4").asText(),
              Conversations.canonical(flow.get("client").asText()),
              flow.get("client_port").asInt(),
              Conversations.canonical(flow.get("server").asText()),
              flow.get("server_port").asInt()),
          flow.get("packets_c2s").asInt() + flow.get("packets_s2c").asInt());
    }
    return flows;
  }
}
