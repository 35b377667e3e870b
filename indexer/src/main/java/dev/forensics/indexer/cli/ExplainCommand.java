package dev.forensics.indexer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.index.DocumentLookup;
import dev.forensics.indexer.index.ElasticsearchConnection;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why an alarm was raised, with the bytes. */
@Command(
    name = "explain",
    description = "Explains an alarm or a flow: the rule, the facts, the first bytes of each side.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final int BYTES_A_LINE = 16;

  @Parameters(arity = "1", paramLabel = "ID", description = "event.id of an alarm or a flow.")
  private String id;

  @Option(names = "--json", description = "The whole document as JSON.")
  private boolean json;

  @Mixin private ConfigOptions options;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = options.load();
    try (ElasticsearchConnection connection =
        ElasticsearchConnection.open(options.elasticsearch(config))) {
      Optional<EcsDocument> found = new DocumentLookup(connection).find(id);
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no alarm or flow has the id " + id);
      }
      JsonNode document = new ObjectMapper().readTree(found.get().json());
      if (json) {
        System.out.println(document.toPrettyString());
      } else {
        explain(document, System.out);
      }
    }
    return ExitCode.DONE;
  }

  /** Prints what a person asks for of an alarm's or a flow's document. */
  static void explain(JsonNode document, PrintStream out) {
    line(out, "what", document.at("/event/reason"));
    line(out, "rule", document.at("/rule/id"));
    line(out, "meaning", document.at("/rule/description"));
    line(out, "outcome", document.at("/forensics/alarm/outcome"));
    line(out, "confidence", document.at("/forensics/alarm/confidence"));
    line(out, "severity", document.at("/event/severity"));
    line(out, "suppressed", document.at("/forensics/alarm/suppression_reason"));
    line(out, "when", document.path("@timestamp"));
    out.println(label("from") + endpoint(document.path("source")));
    out.println(label("to") + endpoint(document.path("destination")));
    line(out, "protocol", document.at("/network/protocol"));
    line(out, "application", document.at("/network/application"));
    line(out, "url", document.at("/url/full"));
    line(out, "connection", document.at("/forensics/flow/state"));
    line(out, "history", document.at("/forensics/flow/history"));
    line(out, "proofs", document.at("/forensics/telegram/proofs"));
    line(out, "auth_key_id", document.at("/forensics/mtproto/auth_key_id"));
    line(out, "quality", document.at("/forensics/quality"));
    line(out, "conflict", document.at("/forensics/conflict"));
    line(out, "capture", document.at("/forensics/capture/path"));
    line(out, "packets", document.at("/forensics/pcap_url"));
    bytes(out, "client", document.at("/forensics/payload/client"));
    bytes(out, "server", document.at("/forensics/payload/server"));
    bytes(out, "request body", document.at("/forensics/http/request_body"));
    bytes(out, "response body", document.at("/forensics/http/response_body"));
  }

  private static void line(PrintStream out, String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      out.println(label(name) + (value.isValueNode() ? value.asText() : value.toString()));
    }
  }

  private static String label(String name) {
    return name + " ".repeat(Math.max(1, 14 - name.length()));
  }

  private static String endpoint(JsonNode side) {
    String holder = side.at("/as/organization/name").asText("");
    String name = side.path("domain").asText("");
    return side.path("ip").asText()
        + " port "
        + side.path("port").asText("-")
        + (holder.isEmpty() ? "" : ", " + holder)
        + (name.isEmpty() ? "" : ", " + name)
        + ", sent "
        + side.path("bytes").asText("0")
        + " bytes in "
        + side.path("packets").asText("0")
        + " packets";
  }

  private static void bytes(PrintStream out, String what, JsonNode payload) {
    String structure = payload.path("structure").asText("");
    String hex = payload.path("hex").asText("");
    if (structure.isEmpty() && hex.isEmpty()) {
      return;
    }
    out.println();
    out.println("first bytes, " + what + ":");
    if (!structure.isEmpty()) {
      out.println("  structure  " + structure);
      out.println("  entropy    " + payload.path("entropy").asText() + " bits/byte");
      out.println("  printable  " + payload.path("printable").asText());
    }
    if (payload.has("hash")) {
      out.println("  hash       " + payload.path("hash").asText());
    }
    hexadecimal(out, hex);
  }

  /** The bytes themselves, where the operator keeps them (payload: full). */
  private static void hexadecimal(PrintStream out, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    for (int at = 0; at < bytes.length; at += BYTES_A_LINE) {
      int length = Math.min(BYTES_A_LINE, bytes.length - at);
      out.printf(
          "  %04x  %-48s %s%n",
          at,
          HexFormat.ofDelimiter(" ").formatHex(bytes, at, at + length),
          printable(bytes, at, length));
    }
  }

  private static String printable(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1)
        .replaceAll("[^\\x20-\\x7e]", ".");
  }
}
