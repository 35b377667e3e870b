package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.enrich.Attribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Verdicts of generated captures, in every encapsulation and format, against what was generated.
 */
class ScenarioConformanceTest {
  private static final Path FOLDER = Path.of("../../shared/captures/synthetic");
  private static final String HTTP = "http-on-https-port";

  /** The truth knows port 443 only. */
  private static final DetectionSettings ON_443 =
      DetectionSettings.defaults().withHttpsPorts(Set.of(443));

  /** Codes of the truth and the rules that stand for them; those without one are facts only. */
  private static final Map<String, String> RULES =
      Map.ofEntries(
          Map.entry("HTTP_ON_443", HTTP),
          Map.entry("HTTP2_CLEARTEXT_443", HTTP),
          Map.entry("WEBSOCKET_CLEARTEXT_443", HTTP),
          Map.entry("PROXY_CONNECT_443", HTTP),
          Map.entry("TELEGRAM_HTTP", HTTP),
          Map.entry("MTPROTO_ON_443", "mtproto-on-https-port"),
          Map.entry("SSH_ON_443", "protocol-port-mismatch"),
          Map.entry("OTHER_PROTO_ON_443", "protocol-port-mismatch"),
          Map.entry("UNKNOWN_ON_443", "unknown-on-https-port"),
          Map.entry("TLS_NONSTD_PORT", "tls-on-unexpected-port"));

  /** What cannot be seen in a capture, although it was generated. */
  private static final Map<String, List<String>> EXPLAINED =
      Map.of(
          // link type 147 is reserved for users: it is refused, whatever a producer means by it
          "encap/pktap_user0.pcap",
          List.of(
              "C01 lacks HTTP_ON_443",
              "C01 lacks TELEGRAM_HTTP",
              "C02 lacks HTTP_ON_443",
              "C02 lacks TELEGRAM_HTTP",
              "C06 lacks SSH_ON_443"),
          // within a proxy's tunnel to port 443 (HTTP_IN_PROXY_TUNNEL, which the truth allows)
          "scenarios/S21.pcap",
          List.of("S21 must not have HTTP_ON_443"),
          // any token is a method (RFC 9110, 9.1), so "OPTIONSX * HTTP/1.1" is HTTP
          "scenarios/S45.pcap",
          List.of("S45/3 has none of [\"UNKNOWN_ON_443\",\"OTHER_PROTO_ON_443\"]"),
          // cut after the TCP header: no byte of payload was stored
          "formats/snap54.pcap",
          List.of(
              "C01 lacks HTTP_ON_443",
              "C01 lacks TELEGRAM_HTTP",
              "C02 lacks HTTP_ON_443",
              "C02 lacks TELEGRAM_HTTP",
              "C06 lacks SSH_ON_443"),
          // with IPv6 the same
          "formats/snap68.pcap",
          List.of("C02 lacks HTTP_ON_443", "C02 lacks TELEGRAM_HTTP"));

  private static final Set<String> BUILT_IN =
      Rules.builtIn(ON_443, Attribution.NONE).stream()
          .map(rule -> rule.info().id())
          .collect(Collectors.toSet());

  @TestFactory
  Stream<DynamicTest> shouldRaiseWhatWasGenerated() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "needs shared/captures beside the project");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString())
          .filter(name -> name.endsWith(".expected.json"))
          .map(name -> name.replace(".expected.json", ""))
          .sorted()
          .toList()
          .stream()
          .map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }
  }

  private static void check(String name) throws IOException {
    JsonNode truth = new ObjectMapper().readTree(FOLDER.resolve(name + ".expected.json").toFile());
    InspectedCapture capture = InspectedCapture.of(FOLDER.resolve(name), ON_443);
    List<String> faults = new ArrayList<>();
    for (JsonNode expected : truth.path("flows")) {
      checkFlow(expected, capture, faults);
    }
    assertThat(capture.parserFailures()).as("parsers that threw").isZero();
    assertThat(faults).isEqualTo(EXPLAINED.getOrDefault(name, List.of()));
  }

  private static void checkFlow(JsonNode expected, InspectedCapture capture, List<String> faults) {
    List<InspectedFlow> flows = flowsOf(expected, capture);
    JsonNode verdict = expected.get("verdict");
    String id = expected.get("flow_id").asText();
    for (JsonNode code : verdict.path("must")) {
      if (isBuiltIn(code) && flows.stream().noneMatch(flow -> raised(flow, code.asText()))) {
        faults.add(id + " lacks " + code.asText());
      }
    }
    for (JsonNode code : verdict.path("must_not")) {
      if (isBuiltIn(code) && flows.stream().anyMatch(flow -> raised(flow, code.asText()))) {
        faults.add(id + " must not have " + code.asText());
      }
    }
    oneOf(expected.path("one_of"), flows, id, faults);
  }

  private static void oneOf(
      JsonNode codes, List<InspectedFlow> flows, String id, List<String> faults) {
    boolean all = true;
    boolean any = codes.isEmpty();
    for (JsonNode code : codes) {
      all &= isBuiltIn(code);
      any |= flows.stream().anyMatch(flow -> raised(flow, code.asText()));
    }
    if (all && !any) {
      faults.add(id + " has none of " + codes);
    }
  }

  private static boolean isBuiltIn(JsonNode code) {
    return BUILT_IN.contains(RULES.get(code.asText()));
  }

  /** Telegram over HTTP is named on any port; an alarm it is on an HTTPS port only. */
  private static boolean raised(InspectedFlow flow, String code) {
    boolean raised = flow.verdict(RULES.get(code)) != null;
    boolean onHttps = ON_443.isHttpsPort(Endpoints.serverPort(flow.flow()));
    return code.equals("TELEGRAM_HTTP")
        ? (raised || !onHttps) && "telegram".equals(flow.facts().application)
        : raised;
  }

  /** A tuple may be used again: the flows of the right time, else all of the tuple. */
  private static List<InspectedFlow> flowsOf(JsonNode expected, InspectedCapture capture) {
    String client =
        InspectedFlow.end(expected.get("client").asText(), expected.get("client_port").asInt());
    String server =
        InspectedFlow.end(expected.get("server").asText(), expected.get("server_port").asInt());
    List<InspectedFlow> between =
        capture.flows().stream().filter(flow -> flow.isBetween(client, server)).toList();
    long first = expected.path("first_ts_ns").asLong();
    long last = expected.path("last_ts_ns").asLong();
    List<InspectedFlow> onTime =
        between.stream()
            .filter(flow -> flow.startNanos() >= first && flow.startNanos() <= last)
            .toList();
    return onTime.isEmpty() ? between : onTime;
  }
}
