package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Verdicts about protocols other than HTTP, against the ground truth of the shared captures. What
 * differs stands in {@link #EXPLAINED} and in docs/testing.md.
 */
class OtherProtocolsConformanceTest {
  private static final Path SHARED = Path.of("..", "..", "shared", "captures");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> CODES =
      Map.of(
          "SSH_ON_443", "protocol-port-mismatch",
          "OTHER_PROTO_ON_443", "protocol-port-mismatch",
          "UNKNOWN_ON_443", "unknown-on-https-port",
          "TLS_NONSTD_PORT", "tls-on-unexpected-port",
          "MTPROTO_ON_443", "mtproto-on-https-port");

  /** Any token is a method (RFC 9110 9.1), so what begins with "OPTIONSX * HTTP/1.1" is HTTP. */
  private static final String HTTP_BY_TOKEN = "S45/3";

  /** Part of a capture's path, and why its flows on 443 raise neither rule. */
  private static final Map<String, String> EXPLAINED =
      Map.of(
          "tls_sgt", "one keep-alive byte each",
          "KakaoTalk", "joined in the middle, binary",
          "27_vxlan_inner", "5 bytes, joined in the middle");

  @TestFactory
  Stream<DynamicTest> shouldRaiseWhatTheScenariosAsk() throws IOException {
    Path folder = SHARED.resolve("synthetic/scenarios");
    Assumptions.assumeTrue(Files.isDirectory(folder), "shared captures are missing");
    return files(folder, ".pcap.expected.json").stream()
        .map(
            truth ->
                DynamicTest.dynamicTest(
                    truth.getFileName().toString(), () -> compareScenario(truth)));
  }

  private static void compareScenario(Path truth) throws Exception {
    List<JsonNode> alarms = alarms(capture(truth, ".expected.json"));
    for (JsonNode flow : JSON.readTree(truth.toFile()).path("flows")) {
      Set<String> raised = rules(alarms, flow.path("client"), flow.path("client_port"));
      String name = flow.path("flow_id").asText() + " " + flow.path("scenario").asText();
      for (String rule : mapped(flow.at("/verdict/must"))) {
        assertThat(raised).as(name).contains(rule);
      }
      for (String rule : mapped(flow.at("/verdict/must_not"))) {
        assertThat(raised).as(name).doesNotContain(rule);
      }
      if (flow.has("one_of") && !flow.path("flow_id").asText().equals(HTTP_BY_TOKEN)) {
        assertThat(raised).as(name).containsAnyElementsOf(mapped(flow.path("one_of")));
      }
    }
  }

  private static List<String> mapped(JsonNode codes) {
    List<String> rules = new ArrayList<>();
    codes.forEach(
        code -> {
          if (CODES.containsKey(code.asText())) {
            rules.add(CODES.get(code.asText()));
          }
        });
    return rules;
  }

  @TestFactory
  Stream<DynamicTest> shouldAgreeAboutEveryFlowOn443() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(SHARED), "shared captures are missing");
    return files(SHARED, ".gt.json").stream()
        .filter(truth -> !read(truth).path("tcp443").isEmpty())
        .map(
            truth ->
                DynamicTest.dynamicTest(SHARED.relativize(truth).toString(), () -> compare(truth)));
  }

  private static void compare(Path truth) throws Exception {
    List<JsonNode> alarms = alarms(capture(truth, ".gt.json"));
    for (JsonNode flow : read(truth).path("tcp443")) {
      String client = flow.path("client").asText();
      int colon = client.lastIndexOf(':');
      String address = client.substring(0, colon).replaceAll("[\\[\\]]", "");
      Set<String> raised =
          rules(alarms, JSON.valueToTree(address), JSON.valueToTree(client.substring(colon + 1)));
      raised.retainAll(Set.of("protocol-port-mismatch", "unknown-on-https-port"));
      String name = flow.path("truth").asText() + " " + client + " of " + truth;
      judge(name, flow.path("truth").asText(), truth.toString(), raised);
    }
  }

  private static void judge(String name, String truth, String path, Set<String> raised) {
    boolean explained = EXPLAINED.keySet().stream().anyMatch(path::contains);
    switch (truth) {
      case "ssh" -> assertThat(raised).as(name).containsExactly("protocol-port-mismatch");
      case "text", "binary", "binary-highent" -> {
        if (explained) {
          assertThat(raised).as(name).isEmpty();
        } else {
          assertThat(raised).as(name).hasSize(1);
        }
      }
      default -> assertThat(raised).as(name).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldReportTlsOnOtherPorts() throws IOException {
    Path derived = SHARED.resolve("derived");
    Assumptions.assumeTrue(Files.isDirectory(derived), "shared captures are missing");
    List<Path> captures = new ArrayList<>(files(derived.resolve("tls_to_8080"), ".gt.json"));
    captures.addAll(files(derived.resolve("tls_to_31337"), ".gt.json"));
    return captures.stream()
        .map(
            truth ->
                DynamicTest.dynamicTest(
                    truth.getFileName().toString(),
                    () ->
                        assertThat(alarms(capture(truth, ".gt.json")))
                            .extracting(alarm -> alarm.at("/rule/id").asText())
                            .contains("tls-on-unexpected-port")));
  }

  private static Set<String> rules(List<JsonNode> alarms, JsonNode address, JsonNode port) {
    Set<String> rules = new TreeSet<>();
    for (JsonNode alarm : alarms) {
      if (isSide(alarm.path("source"), address, port)
          || isSide(alarm.path("destination"), address, port)) {
        rules.add(alarm.at("/rule/id").asText());
      }
    }
    return rules;
  }

  private static boolean isSide(JsonNode side, JsonNode address, JsonNode port) {
    return side.path("ip").asText().equals(address.asText())
        && side.path("port").asText().equals(port.asText());
  }

  private static List<JsonNode> alarms(Path capture) throws Exception {
    return CollectedDocuments.of(List.of(capture), 1).of(DocumentKind.ALARM);
  }

  private static Path capture(Path truth, String suffix) {
    String name = truth.getFileName().toString();
    return truth.resolveSibling(name.substring(0, name.length() - suffix.length()));
  }

  private static JsonNode read(Path truth) {
    try {
      return JSON.readTree(truth.toFile());
    } catch (IOException e) {
      throw new IllegalStateException(truth.toString(), e);
    }
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
