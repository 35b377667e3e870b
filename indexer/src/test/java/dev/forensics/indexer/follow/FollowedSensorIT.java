package dev.forensics.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.bench.TrafficGenerator;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.ElasticsearchSink;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A followed folder gives the documents of one run over the finished files, whatever happens. */
@ExtendWith(ElasticsearchExtension.class)
class FollowedSensorIT {
  private static final Duration NEVER = Duration.ofDays(1);

  private final List<ElasticsearchSink> sinks = new ArrayList<>();

  @TempDir Path folder;
  private ElasticsearchSettings elasticsearch;
  private ElasticsearchConnection connection;
  private String sensor;

  @BeforeEach
  void connect(EmbeddedElasticsearch node) throws IOException {
    sensor = "edge_" + System.nanoTime();
    elasticsearch =
        ElasticsearchSettings.of(node.url(), TestBulk.small(folder.resolve("letters")))
            .withNamespace(sensor);
    connection = ElasticsearchConnection.open(elasticsearch);
    IndexSetup.install(connection, Retention.defaults());
  }

  @AfterEach
  void disconnect() throws IOException {
    for (ElasticsearchSink sink : sinks) {
      sink.close();
    }
    connection.close();
  }

  private SensorSettings settings() {
    FlowSettings flow = ShortFlows.settings();
    return new SensorSettings(sensor, 1, flow, SensorSettings.defaults(sensor).detection());
  }

  /** A process that has just been started. */
  private FollowedSensor start(Duration quiet) throws IOException {
    ElasticsearchSink sink = ElasticsearchSink.open(elasticsearch);
    sinks.add(sink);
    return new FollowedSensor(
        SensorAssembly.builtIn(settings()),
        new FollowSettings(captures(), List.of(), List.of(), quiet, "node", false),
        SensorStorage.of(connection, sink),
        FollowedSensor.EvidenceKeeper.NONE);
  }

  private Path captures() throws IOException {
    return Files.createDirectories(folder.resolve("captures"));
  }

  private Path traffic(long seed) throws IOException {
    Path capture = folder.resolve("traffic.pcap");
    TrafficGenerator.write(capture, 8_000_000, 600, seed);
    return capture;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldNotDependOnTicksAndRestarts(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Path capture = traffic(seed);
    WrittenRing ring = new WrittenRing(captures(), capture, 7, 400_000, seed);
    FollowedSensor running = start(NEVER);
    while (!ring.isWritten()) {
      ring.step();
      running.tick();
      if (random.nextInt(3) == 0) {
        running = start(NEVER);
      }
    }
    running.tick();
    start(Duration.ZERO).tick();

    StoredRun.assertSame(
        StoredRun.of(connection),
        CollectedDocuments.of(List.of(captures()), settings()).comparable());
  }

  @Test
  void shouldTellWhatItReads() throws Exception {
    Files.copy(traffic(5), captures().resolve("one.pcap"));
    FollowedSensor running = start(Duration.ZERO);
    running.tick();
    running.tick();

    SensorStatus.View view = running.status().view(java.time.Instant.now());
    assertThat(view.packets()).isPositive();
    assertThat(view.capturesDone()).isEqualTo(1);
    assertThat(view.openCaptures()).isZero();
    assertThat(view.openFlows()).isZero();
    assertThat(view.lag()).isZero();
    assertThat(view.flows()).isEqualTo(StoredDocuments.of(connection, DocumentKind.FLOW).size());
  }
}
