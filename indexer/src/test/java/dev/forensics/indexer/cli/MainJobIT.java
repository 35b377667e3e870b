package dev.forensics.indexer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the main job, as a user types them, against a real Elasticsearch. */
@ExtendWith(ElasticsearchExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** What a command printed and how it ended. */
  private record Ran(int code, String out) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  @Test
  @Order(1)
  void shouldInstallTheTemplatesAndDoSoAgain(EmbeddedElasticsearch node) throws Exception {
    assertThat(run("setup", "--config", config(node)).code()).isZero();

    Ran again = run("setup", "--config", config(node));

    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("unchanged").doesNotContain("installed");
  }

  @Test
  @Order(2)
  void shouldIngestOnceWhateverTheFilesAreCalled(EmbeddedElasticsearch node) throws Exception {
    JsonNode first = ingest(node, SAMPLES).json();

    assertThat(first.path("packets").asLong())
        .isEqualTo(first.path("decoded").asLong() + first.path("stopped").asLong())
        .isPositive();
    assertThat(first.at("/documents/indexed").asLong())
        .isEqualTo(first.at("/documents/accepted").asLong());
    assertThat(first.at("/documents/accepted").asLong())
        .isEqualTo(
            first.path("flows").asLong()
                + first.path("alarms").asLong()
                + first.path("captures").asLong());

    JsonNode second = ingest(node, renamed()).json();

    assertThat(second.path("flows")).isEqualTo(first.path("flows"));
    assertThat(second.at("/documents/duplicate").asLong())
        .isEqualTo(first.path("flows").asLong() + first.path("alarms").asLong());
    assertThat(second.at("/documents/dead_lettered").asLong()).isZero();
  }

  /** An extract of a capture that was ingested before: both are in the ledger, and found. */
  @Test
  @Order(2)
  void shouldTellCapturesOfTwoRunsApart(EmbeddedElasticsearch node) throws Exception {
    List<byte[]> frames = new ArrayList<>();
    for (int port = 40_001; port <= 40_003; port++) {
      frames.add(
          PacketBuilder.ethernet()
              .ipv4("10.0.0.1", "10.0.0.2")
              .tcp(port, 443)
              .payload("GET / HTTP/1.1\r\nHost: shared.example\r\n\r\n")
              .build());
    }
    Path whole = write("whole.pcap", frames);
    Path extract = write("extract.pcap", List.of(frames.get(0), frames.get(2)));

    assertThat(ingest(node, "shared", whole).json().path("packets").asLong()).isEqualTo(3);
    assertThat(ingest(node, "shared", extract).json().path("packets").asLong()).isEqualTo(2);
    assertThat(entries(node)).containsExactlyInAnyOrder("whole.pcap 3", "extract.pcap 2");

    assertThat(ingest(node, "shared", whole).json().at("/documents/duplicate").asLong())
        .isEqualTo(6);
    Path renamed = Files.move(extract, folder.resolve("renamed.pcap"));
    assertThat(ingest(node, "shared", renamed).json().path("packets").asLong()).isEqualTo(2);
    assertThat(entries(node)).containsExactlyInAnyOrder("whole.pcap 3", "renamed.pcap 2");
  }

  private Path write(String name, List<byte[]> frames) throws IOException {
    Path file = folder.resolve(name);
    try (PcapWriter writer = new PcapWriter(Files.newOutputStream(file), 1)) {
      for (byte[] frame : frames) {
        writer.write(PacketBuilder.record(frame, 0));
      }
    }
    return file;
  }

  private Ran ingest(EmbeddedElasticsearch node, String sensor, Path path) throws IOException {
    return run("ingest", "--config", config(node), "--json", "--sensor", sensor, path.toString());
  }

  private static JsonNode read(EmbeddedElasticsearch node, String path) throws IOException {
    try (InputStream answer = node.url().resolve(path).toURL().openStream()) {
      return JSON.readTree(answer);
    }
  }

  /** Names of the sensor's captures in the ledger, with their packets. */
  private static List<String> entries(EmbeddedElasticsearch node) throws IOException {
    read(node, "/forensics-captures/_refresh");
    List<String> entries = new ArrayList<>();
    JsonNode found = read(node, "/forensics-captures/_search?q=observer.name:shared");
    for (JsonNode hit : found.at("/hits/hits")) {
      String path = hit.at("/_source/forensics/capture/path").asText();
      entries.add(
          Path.of(path).getFileName()
              + " "
              + hit.at("/_source/forensics/capture/packets").asLong());
    }
    return entries;
  }

  @Test
  @Order(3)
  void shouldTellTheAlarmsPerDestination(EmbeddedElasticsearch node) throws Exception {
    Thread.sleep(1_500); // a refresh interval: searches see what was written
    Ran table = run("alarms", "--config", config(node));
    JsonNode rows = run("alarms", "--config", config(node), "--json").json();
    Ran csv = run("alarms", "--config", config(node), "--format", "csv");

    assertThat(table.out()).contains("149.154.167.51:443", "Telegram Messenger", "accepted");
    assertThat(rows)
        .anySatisfy(
            row -> {
              assertThat(row.path("destination").asText()).isEqualTo("198.51.100.44");
              assertThat(row.at("/outcomes/rejected").asLong()).isEqualTo(60);
              assertThat(row.path("alarms").asLong()).isEqualTo(60);
            });
    assertThat(csv.out().lines().count()).isEqualTo(rows.size() + 1L);
  }

  @Test
  @Order(4)
  void shouldExplainAnAlarmWithItsBytes(EmbeddedElasticsearch node) throws Exception {
    run("ingest", "--to", "ndjson:" + folder, SAMPLES.resolve("recorded").toString());
    String id;
    try (Stream<String> alarms = Files.lines(folder.resolve("alarm.ndjson"))) {
      id = JSON.readTree(alarms.findFirst().orElseThrow()).at("/event/id").asText();
    }

    Ran explained = run("explain", "--config", config(node), id);

    assertThat(explained.code()).isZero();
    assertThat(explained.out()).contains("what", "rule", "first bytes, request body:");
    assertThat(run("explain", "--config", config(node), "nothing-has-this-id").code()).isEqualTo(2);
  }

  @Test
  @Order(5)
  void shouldSayPlainlyThatElasticsearchIsNotThere() throws Exception {
    Ran ran = run("alarms", "--url", "http://127.0.0.1:1");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
  }

  private Ran ingest(EmbeddedElasticsearch node, Path captures) throws IOException {
    Ran ran =
        run(
            "ingest",
            "--config",
            config(node),
            "--sensor",
            "default",
            "--json",
            captures.toString());
    assertThat(ran.code()).isZero();
    return ran;
  }

  private Path renamed() throws IOException {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    List<Path> captures = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      files.filter(file -> file.toString().matches(".*\\.pcap(ng|\\d)?")).forEach(captures::add);
    }
    for (int i = 0; i < captures.size(); i++) {
      Files.copy(captures.get(i), copies.resolve("x" + (captures.size() - i)));
    }
    return copies;
  }

  private String config(EmbeddedElasticsearch node) throws IOException {
    Path file = folder.resolve("forensics.yml");
    Files.writeString(
        file, "elasticsearch: { hosts: [\"%s\"], namespace: mainjob }%n".formatted(node.url()));
    return file.toString();
  }

  private static Ran run(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int code = IndexerMain.execute(arguments);
      return new Ran(code, out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
