package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.config.ConfigLoader;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.flood.Flood;
import dev.forensics.indexer.index.MemoryElasticsearch;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.serve.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not ready says so, in words and in metrics, until it is mended. */
class ServiceHealthTest {
  private static final List<String> KINDS =
      List.of(
          "documents",
          "facts",
          "findings",
          "first_alarms",
          "flows",
          "fragments",
          "names",
          "packets",
          "reassembly",
          "replaced_names");

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z"));

  @TempDir Path folder;
  private MemoryElasticsearch server;
  private Evidence evidence;
  private FollowedSensors sensors;
  private ServiceHealth health;
  private ServiceMetrics metrics;

  @BeforeEach
  void begin() throws Exception {
    server = new MemoryElasticsearch();
    Files.createDirectory(folder.resolve("captures"));
    Path file =
        Files.writeString(
            folder.resolve("forensics.yml"),
            """
            elasticsearch: { hosts: ["%s"] }
            sensors: [{ name: edge-1, captures: captures }]
            """
                .formatted(server.url()));
    IndexerConfig config = ConfigLoader.load(file, Map.of());
    evidence = new Evidence(config, clock);
    sensors = new FollowedSensors(config, "here", evidence);
    health = new ServiceHealth(sensors.all(), evidence.store(), Optional::empty, clock);
    metrics = new ServiceMetrics(sensors.all(), health, evidence.store(), clock);
  }

  @AfterEach
  void end() throws IOException {
    sensors.all().get(0).followed().release();
    metrics.close();
    evidence.close();
    sensors.close();
    server.close();
  }

  @Test
  void shouldBeReadyWithAnEmptyFolder() throws Exception {
    sensors.all().get(0).followed().tick();

    assertThat(health.now()).isEqualTo(new Health(true, true, List.of()));
    assertThat(metrics.text())
        .contains("forensics_ready 1.0")
        .doesNotContain("forensics_not_ready{reason=\"tick\",sensor=\"edge-1\"} 1.0");
  }

  @Test
  void shouldNotBeReadyWithoutTheFolder() throws Exception {
    Files.delete(folder.resolve("captures"));
    sensors.all().get(0).followed().tick();

    assertNotReady(NotReady.FOLDER, "captures: is not a folder, or cannot be reached");
  }

  /** Whatever a tick throws: an address that cannot be used is no input or output error. */
  @Test
  void shouldNotBeReadyWhileTicksThrow() throws Exception {
    PreparedTick tick =
        new PreparedTick(
            new TemplateGuard(null, Retention.defaults()), sensors.all().get(0).followed());

    assertThatThrownBy(tick::tick).isInstanceOf(NullPointerException.class);
    assertNotReady(NotReady.TICK, "null");
  }

  /** Those of an earlier process, too, until somebody has taken them away. */
  @Test
  void shouldNotBeReadyWhileDeadLettersLieThere() throws Exception {
    Path letters = folder.resolve("state/dead-letters/edge-1");
    Files.createDirectories(letters);
    Files.writeString(letters.resolve("dead-letters.ndjson"), "{}\n");
    sensors.all().get(0).followed().tick();

    assertNotReady(NotReady.DEAD_LETTERS, "documents that Elasticsearch refused lie in " + letters);

    Files.delete(letters.resolve("dead-letters.ndjson"));
    assertThat(health.now().ready()).isTrue();
  }

  @Test
  @DisplayName("memory of each kind is told beside its limit")
  void shouldTellMemory() throws Exception {
    Flood.SYN.write(folder.resolve("captures/syn.pcap"), 1_000);
    sensors.all().get(0).followed().tick();

    assertThat(gauge("memory_bytes", "flows")).isBetween(300_000.0, 600_000.0);
    assertThat(gauge("memory_limit_bytes", "flows")).isGreaterThan(8 << 20);
    for (String kind : KINDS) {
      assertThat(gauge("memory_bytes", kind))
          .as(kind)
          .isBetween(0.0, gauge("memory_limit_bytes", kind));
    }
    sensors.all().get(0).followed().release();
    assertThat(gauge("memory_bytes", "flows")).isZero();
  }

  private double gauge(String name, String kind) {
    String start = "forensics_%s{kind=\"%s\",sensor=\"edge-1\"} ".formatted(name, kind);
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow();
  }

  /** The connection is closed next: who waits for an answer then waits for ever. */
  @Test
  @DisplayName("a search for missing evidence has ended when the sensor is let go")
  void shouldEndTheSearch() throws Exception {
    Set<Thread> others = searches();
    server.holdAt("_refresh");
    sensors.all().get(0).followed().tick();
    server.awaitRequest();

    sensors.all().get(0).followed().release();

    assertThat(others).containsAll(searches());
  }

  private static Set<Thread> searches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("evidence-backlog"))
        .collect(Collectors.toSet());
  }

  private void assertNotReady(NotReady reason, String words) {
    assertThat(health.now().ready()).isFalse();
    assertThat(health.now().live()).isTrue();
    assertThat(health.now().reasons()).singleElement().asString().contains("edge-1: ", words);
    assertThat(metrics.text())
        .contains("forensics_ready 0.0")
        .contains(
            "forensics_not_ready{reason=\"%s\",sensor=\"edge-1\"} 1.0".formatted(reason.label()));
  }
}
