package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.tls.TlsFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Requests, hellos and verdicts of real captures against what tshark and FoxIO's ja4.py saw. */
class VerdictConformanceTest {
  private static final Path FOLDER = Path.of("../../shared/captures");
  private static final String RULE = "http-on-https-port";
  private static final DetectionSettings ON_443 =
      DetectionSettings.defaults().withHttpsPorts(Set.of(443));

  @TestFactory
  Stream<DynamicTest> shouldAgreeWithTheGroundTruth() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "needs shared/captures beside the project");
    return captures().stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
  }

  @Test
  void shouldExplainOnlyCapturesThatExist() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "needs shared/captures beside the project");
    assertThat(captures()).containsAll(ExplainedVerdicts.captures());
  }

  private static List<String> captures() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString())
          .filter(name -> name.endsWith(".gt.json"))
          .map(name -> name.replace(".gt.json", ""))
          .sorted()
          .toList();
    }
  }

  private static void check(String name) throws IOException {
    JsonNode truth = new ObjectMapper().readTree(FOLDER.resolve(name + ".gt.json").toFile());
    InspectedCapture capture = InspectedCapture.of(FOLDER.resolve(name), ON_443);
    List<String> differences = new ArrayList<>();
    requests(truth, capture, differences);
    falseAlarms(truth, capture, differences);
    hellos(truth, capture, differences);
    ja4(truth, capture, differences);
    assertThat(capture.parserFailures()).as("parsers that threw").isZero();
    assertThat(differences).isEqualTo(ExplainedVerdicts.of(name));
  }

  private static void requests(JsonNode truth, InspectedCapture capture, List<String> differences) {
    for (JsonNode request : truth.path("tshark").path("http443_requests")) {
      String line = request.get("method").asText() + " " + request.get("uri").asText();
      List<InspectedFlow> flows = between(capture, request, "src", "sport", "dst", "dport");
      if (flows.stream().noneMatch(flow -> flow.verdict(RULE) != null)) {
        differences.add("no alarm: " + line);
      } else if (flows.stream().noneMatch(flow -> holds(flow, request))) {
        differences.add("request not found: " + line);
      }
    }
  }

  private static boolean holds(InspectedFlow flow, JsonNode wanted) {
    HttpFacts http = flow.facts().get(HttpFacts.class);
    if (http == null) {
      return false;
    }
    if (http.requestCount > HttpFacts.MESSAGE_LIMIT) {
      return true;
    }
    for (HttpRequest request : http.requests) {
      String host = request.host() == null ? "" : request.host();
      if (request.method().equals(wanted.get("method").asText())
          && sameTarget(request, wanted.get("uri").asText())
          && host.equals(wanted.get("host").asText())) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameTarget(HttpRequest request, String uri) {
    return request.target().equals(uri);
  }

  private static void falseAlarms(
      JsonNode truth, InspectedCapture capture, List<String> differences) {
    Set<String> spoken = new HashSet<>();
    for (JsonNode message : truth.path("tshark").path("http443_requests")) {
      spoken.add(ends(message, "src", "sport", "dst", "dport"));
    }
    for (JsonNode message : truth.path("tshark").path("http443_responses")) {
      spoken.add(ends(message, "dst", "dport", "src", "sport"));
    }
    for (InspectedFlow flow : capture.flows()) {
      Verdict verdict = flow.verdict(RULE);
      boolean known =
          spoken.contains(flow.originator() + " - " + flow.responder())
              || spoken.contains(flow.responder() + " - " + flow.originator());
      if (verdict != null && !known) {
        differences.add("alarm: " + verdict.reason());
      }
    }
  }

  private static void hellos(JsonNode truth, InspectedCapture capture, List<String> differences) {
    Set<String> seen = new HashSet<>();
    for (JsonNode hello : truth.path("tshark").path("tls_client_hellos")) {
      boolean first = seen.add(ends(hello, "src", "sport", "dst", "dport"));
      if (first && hello.get("transport").asText().equals("tcp")) {
        List<InspectedFlow> flows = between(capture, hello, "src", "sport", "dst", "dport");
        if (flows.stream().noneMatch(flow -> saysHello(flow, hello))) {
          differences.add("hello: " + hello.get("sni").asText() + " " + hello.get("ja3").asText());
        }
      }
    }
  }

  private static boolean saysHello(InspectedFlow flow, JsonNode hello) {
    TlsFacts tls = tls(flow);
    List<String> alpn = new ArrayList<>();
    hello.get("alpn").forEach(protocol -> alpn.add(protocol.asText()));
    return tls != null
        && hello.get("ja3").asText().equals(tls.ja3 == null ? "" : tls.ja3)
        && hello.get("sni").asText().equals(tls.serverName == null ? "" : tls.serverName)
        && alpn.equals(tls.alpnOffered);
  }

  /** The flow's own, or that within a CONNECT tunnel. */
  private static TlsFacts tls(InspectedFlow flow) {
    return flow.facts().find(TlsFacts.class);
  }

  private static void ja4(JsonNode truth, InspectedCapture capture, List<String> differences) {
    for (JsonNode line : truth.path("tshark").path("ja4_foxio")) {
      String wanted = line.path("JA4.1").asText();
      if (wanted.startsWith("t")) {
        List<InspectedFlow> flows = between(capture, line, "src", "sport", "dst", "dport");
        if (flows.stream().noneMatch(f -> tls(f) != null && wanted.equals(tls(f).ja4))) {
          differences.add("ja4: " + wanted);
        }
      }
    }
  }

  private static List<InspectedFlow> between(
      InspectedCapture capture, JsonNode node, String a, String aPort, String b, String bPort) {
    String one = InspectedFlow.end(node.get(a).asText(), node.get(aPort).asInt());
    String other = InspectedFlow.end(node.get(b).asText(), node.get(bPort).asInt());
    return capture.flows().stream().filter(flow -> flow.isBetween(one, other)).toList();
  }

  private static String ends(JsonNode node, String a, String aPort, String b, String bPort) {
    return InspectedFlow.end(node.get(a).asText(), node.get(aPort).asInt())
        + " - "
        + InspectedFlow.end(node.get(b).asText(), node.get(bPort).asInt());
  }
}
