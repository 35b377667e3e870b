package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.document.PayloadSettings;
import dev.forensics.indexer.follow.ShortFlows;
import dev.forensics.indexer.follow.StoredRun;
import dev.forensics.indexer.follow.WrittenRing;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.SensorCommits;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import dev.forensics.indexer.pipeline.SensorSettings;
import dev.forensics.indexer.schedule.PostgresqlServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two indexers share two sensors through a real PostgreSQL; one is killed, the other takes over:
 * the documents equal those of one clean run.
 */
@ExtendWith(ElasticsearchExtension.class)
class ServiceClusterIT {
  /** Both have it: the one goes on with what the other one sealed. */
  private static final String KEY = "shared by the indexers of the test";

  @RegisterExtension static final PostgresqlServer POSTGRESQL = new PostgresqlServer();

  private final String namespace = "cluster_" + System.nanoTime();
  private final List<String> sensors = List.of(namespace + "_a", namespace + "_b");

  @TempDir Path folder;

  @Test
  void shouldTakeOverFromAKilledIndexer(EmbeddedElasticsearch node) throws Exception {
    WrittenRing first = ring(0);
    WrittenRing second = ring(1);
    try (ElasticsearchConnection connection = connect(node.url());
        ServiceProcess one = start(node.url(), "one", "1h");
        ServiceProcess other = start(node.url(), "other", "1h")) {
      Await.until(() -> commits(one) > 0 || commits(other) > 0, "a commit");
      write(first, second, 6);
      boolean isOne = commits(one) >= commits(other);
      (isOne ? one : other).kill(); // the one that has done more
      double before = commits(isOne ? other : one);
      write(first, second, 1_000);
      Await.until(() -> commits(isOne ? other : one) > before + 1, "the other to take over");
      ServiceProcess left = isOne ? other : one;
      Await.until(() -> isRead(left), "everything to be read");
      assertThat(one.log() + other.log()).doesNotContain("another indexer reads");
      left.stop();
      finish(node.url(), connection);
      StoredRun.assertSame(StoredRun.of(connection), expected());
    }
  }

  @Test
  void shouldSayThatTheSharedScheduleIsAway(EmbeddedElasticsearch node) throws Exception {
    Files.createDirectories(captures(0));
    Files.createDirectories(captures(1));
    try (ServiceProcess service = start(node.url(), "alone", "1h")) {
      Await.until(() -> service.get("/health").statusCode() == 200, "the service to be ready");
      POSTGRESQL.stop();
      Await.until(() -> service.get("/health").statusCode() == 503, "the service to tell");
      assertThat(service.get("/health").body())
          .contains("\"live\":true", "the shared schedule cannot be used, reading pauses");
      POSTGRESQL.start();
      Await.until(() -> service.get("/health").statusCode() == 200, "the service to be ready");
      service.stop();
    }
  }

  private Path captures(int number) throws IOException {
    return Files.createDirectories(folder.resolve(sensors.get(number)));
  }

  private WrittenRing ring(int number) throws IOException {
    Path traffic = folder.resolve("traffic" + number);
    TrafficGenerator.write(traffic, 6_000_000, 1_500, 20 + number);
    return new WrittenRing(captures(number), traffic, 6, 150_000, 20 + number);
  }

  private static void write(WrittenRing first, WrittenRing second, int steps) throws Exception {
    for (int i = 0; i < steps && !(first.isWritten() && second.isWritten()); i++) {
      for (WrittenRing ring : List.of(first, second)) {
        if (!ring.isWritten()) {
          ring.step();
        }
      }
      Thread.sleep(250);
    }
  }

  private double commits(ServiceProcess service) throws Exception {
    double sum = 0;
    for (String sensor : sensors) {
      sum += service.metric("forensics_commits_total{sensor=\"" + sensor + "\"");
    }
    return sum;
  }

  /** The one that is left has read both sensors, and nothing is left of them. */
  private boolean isRead(ServiceProcess service) throws Exception {
    boolean isRead = true;
    for (String sensor : sensors) {
      String label = "{sensor=\"" + sensor + "\"";
      isRead &= service.metric("forensics_lag_seconds" + label) == 0;
      isRead &= service.metric("forensics_commits_total" + label) > 0;
      isRead &= service.metric("forensics_captures_open" + label) > 0;
    }
    return isRead;
  }

  private void finish(URI elasticsearch, ElasticsearchConnection connection) throws Exception {
    try (ServiceProcess last = start(elasticsearch, "last", "2s")) {
      for (String sensor : sensors) {
        Await.until(() -> isOver(connection, sensor), "the flows of " + sensor + " to end");
      }
      last.stop();
    }
  }

  private static boolean isOver(ElasticsearchConnection connection, String sensor)
      throws IOException {
    JsonNode commit =
        new SensorCommits(connection).read(sensor).orElseThrow().source().at("/forensics/commit");
    return commit.path("open_flows").asInt() == 0 && !commit.path("ending").asBoolean();
  }

  private Map<String, JsonNode> expected() throws Exception {
    Map<String, JsonNode> all = new TreeMap<>();
    for (int number = 0; number < sensors.size(); number++) {
      String sensor = sensors.get(number);
      SensorSettings settings =
          new SensorSettings(
              sensor, 1, ShortFlows.settings(), SensorSettings.defaults(sensor).detection());
      PayloadSettings payload = new PayloadSettings(false, KEY);
      all.putAll(CollectedDocuments.of(List.of(captures(number)), settings, payload).comparable());
    }
    return all;
  }

  private ElasticsearchConnection connect(URI elasticsearch) throws IOException {
    return ElasticsearchConnection.open(
        ElasticsearchSettings.of(
                elasticsearch, BulkSettings.defaults(folder.resolve("dead-letters")))
            .withNamespace(namespace));
  }

  private ServiceProcess start(URI elasticsearch, String node, String quiet) throws IOException {
    StringBuilder list = new StringBuilder();
    for (int number = 0; number < sensors.size(); number++) {
      list.append(
          "  - { name: %s, captures: %s, every: 200ms, quiet: %s, flow: %s }%n"
              .formatted(sensors.get(number), captures(number), quiet, ShortFlows.YAML));
    }
    Path config =
        Files.writeString(
            folder.resolve(node + ".yml"),
            """
            elasticsearch: { hosts: ["%s"], namespace: %s }
            sensors:
            %shttp: { bind: "127.0.0.1:0", public_url: "http://127.0.0.1:8448" }
            cluster: { jdbc_url: "%s", node: %s, check_in: 1s, tenure: 3s }
            evidence: { enabled: false }
            state: %s
            """
                .formatted(
                    elasticsearch, namespace, list, POSTGRESQL.url(), node, folder.resolve(node)));
    return ServiceProcess.start(
        config,
        folder.resolve(node + ".log"),
        Map.of("FORENSICS_DATABASE_USER", PostgresqlServer.USER, PayloadSettings.KEY, KEY));
  }
}
