package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.follow.ShortFlows;
import dev.forensics.indexer.follow.StoredRun;
import dev.forensics.indexer.follow.WrittenRing;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.SensorCommits;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service is killed with kill -9 at random moments while a ring is written, and started again:
 * the documents equal those of one run over the finished files. -Dcrash.kills and -Dcrash.seeds
 * make it longer.
 */
@ExtendWith(ElasticsearchExtension.class)
class CrashIT {
  private static final int KILLS = Integer.getInteger("crash.kills", 6);
  private static final int BYTES_A_KILL = 2_000_000;

  @TempDir Path folder;

  static long[] seeds() {
    return java.util.stream.LongStream.rangeClosed(1, Integer.getInteger("crash.seeds", 1))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldStoreEverythingOnce(long seed, EmbeddedElasticsearch node) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    String sensor = "crash_" + System.nanoTime();
    Path traffic = folder.resolve("traffic.pcap");
    TrafficGenerator.write(traffic, (long) KILLS * BYTES_A_KILL, KILLS * 500, seed);
    Path captures = Files.createDirectories(folder.resolve("captures"));
    WrittenRing ring = new WrittenRing(captures, traffic, KILLS * 2, 150_000, seed);
    Path config = config(node, sensor, captures);
    try (ElasticsearchConnection connection = connect(node, sensor)) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (ServiceProcess service = ServiceProcess.start(config, folder.resolve("log"))) {
          write(ring, random, 500 + random.nextInt(2_500));
          service.kill();
        }
        if (random.nextInt(2) == 0) {
          rollOver(connection);
        }
      }
      while (!ring.isWritten()) {
        ring.step();
      }
      finish(config, connection, sensor);
      Map<String, JsonNode> expected =
          CollectedDocuments.of(List.of(captures), settings(sensor)).comparable();
      StoredRun.assertSame(StoredRun.of(connection), expected);
      assertThat(expected).hasSizeGreaterThan(KILLS * 400);
    }
  }

  private static void write(WrittenRing ring, SplittableRandom random, int millis)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      if (!ring.isWritten()) {
        ring.step();
      }
      Thread.sleep(random.nextInt(150, 350));
    }
  }

  private static void rollOver(ElasticsearchConnection connection) {
    for (DocumentKind kind : List.of(DocumentKind.FLOW, DocumentKind.ALARM)) {
      try {
        connection.client().indices().rollover(r -> r.alias(connection.names().of(kind)));
      } catch (IOException | RuntimeException e) {
        // killed before its first document: there is no stream yet
        assertThat(e).hasMessageContaining(connection.names().of(kind));
      }
    }
  }

  /** Lets it read to the end; then nothing comes for a second, and the last flows end. */
  private void finish(Path config, ElasticsearchConnection connection, String sensor)
      throws Exception {
    String text = Files.readString(config).replace("quiet: 1h", "quiet: 2s");
    Path last = Files.writeString(folder.resolve("last.yml"), text);
    try (ServiceProcess service = ServiceProcess.start(last, folder.resolve("log"))) {
      long end = System.nanoTime() + 120_000_000_000L;
      while (!isOver(connection, sensor) && System.nanoTime() < end) {
        Thread.sleep(200);
      }
      service.stop();
      assertThat(service.log()).contains("everything read is committed");
    }
  }

  private static boolean isOver(ElasticsearchConnection connection, String sensor)
      throws IOException {
    Optional<SensorCommits.Stored> stored = new SensorCommits(connection).read(sensor);
    return stored
        .map(one -> one.source().at("/forensics/commit"))
        .map(c -> c.path("open_flows").asInt() == 0 && !c.path("ending").asBoolean())
        .orElse(false);
  }

  private static SensorSettings settings(String sensor) {
    return new SensorSettings(
        sensor, 1, ShortFlows.settings(), SensorSettings.defaults(sensor).detection());
  }

  private ElasticsearchConnection connect(EmbeddedElasticsearch node, String namespace)
      throws IOException {
    return ElasticsearchConnection.open(
        ElasticsearchSettings.of(node.url(), BulkSettings.defaults(folder.resolve("dead-letters")))
            .withNamespace(namespace));
  }

  private Path config(EmbeddedElasticsearch node, String sensor, Path captures) throws IOException {
    return Files.writeString(
        folder.resolve("forensics.yml"),
        """
        elasticsearch:
          hosts: ["%s"]
          namespace: %s
          bulk: { max_documents: 300 }
        sensors:
          - name: %s
            captures: %s
            every: 100ms
            quiet: 1h
            flow: %s
        http: { bind: "127.0.0.1:0", public_url: "http://127.0.0.1:8448" }
        state: %s
        """
            .formatted(
                node.url(), sensor, sensor, captures, ShortFlows.YAML, folder.resolve("state")));
  }
}
