package dev.forensics.indexer.follow;

import com.sun.net.httpserver.HttpExchange;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.IndexTemplates;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.ElasticsearchSink;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.MemoryElasticsearch;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder that is followed into a namespace of its own, by one process after the other. */
final class FollowStage implements AutoCloseable {
  static final Duration NEVER = Duration.ofDays(1);

  final String sensor;
  final ElasticsearchConnection connection;
  private final Path folder;
  private final ElasticsearchSettings elasticsearch;
  private final List<ElasticsearchSink> sinks = new ArrayList<>();
  private final List<FollowedSensor> started = new ArrayList<>();
  private FlowSettings flow = ShortFlows.settings();

  FollowStage(EmbeddedElasticsearch node, Path folder) throws IOException {
    this(node.url(), folder, "edge_" + System.nanoTime());
  }

  /** Before a server that wants no templates. */
  FollowStage(MemoryElasticsearch server, Path folder) throws IOException {
    this(server.url(), folder, "edge", false);
  }

  /** The sensor of another stage, with documents and captures of its own. */
  FollowStage(URI node, Path folder, String sensor) throws IOException {
    this(node, folder, sensor, true);
  }

  private FollowStage(URI node, Path folder, String sensor, boolean isReal) throws IOException {
    this.sensor = sensor;
    this.folder = folder;
    elasticsearch =
        ElasticsearchSettings.of(node, TestBulk.small(folder.resolve("letters")))
            .withNamespace("edge_" + System.nanoTime());
    connection = ElasticsearchConnection.open(elasticsearch);
    if (isReal) {
      IndexSetup.install(connection, Retention.defaults());
    }
  }

  /** What starts from now on has these bounds and times. */
  void flowsLike(FlowSettings other) {
    flow = other;
  }

  SensorSettings settings() {
    return new SensorSettings(sensor, 1, flow, SensorSettings.defaults(sensor).detection());
  }

  /** As a process that was killed: what it had not committed is lost. */
  FollowedSensor restart(FollowedSensor killed) throws IOException {
    killed.release();
    sinks.remove(sinks.size() - 1).close(); // its last requests arrive before anything new
    return start(NEVER);
  }

  /** As a process that was told to end, and another one. */
  FollowedSensor stopAndStart(FollowedSensor stopped, Duration quiet) throws Exception {
    stopped.stop();
    stopped.tick();
    stopped.release();
    return start(quiet);
  }

  /** A process that has just been started. */
  FollowedSensor start(Duration quiet) throws IOException {
    return start(quiet, FollowedSensor.EvidenceKeeper.NONE);
  }

  /** The same with a keeper of evidence. */
  FollowedSensor start(Duration quiet, FollowedSensor.EvidenceKeeper evidence) throws IOException {
    return start(new SensorOwner("node", "", captures()), null, quiet, evidence);
  }

  /** A process on some host that calls some folder its own. */
  FollowedSensor start(SensorOwner owner, String adopts) throws IOException {
    return start(owner, adopts, NEVER, FollowedSensor.EvidenceKeeper.NONE);
  }

  private FollowedSensor start(
      SensorOwner owner, String adopts, Duration quiet, FollowedSensor.EvidenceKeeper evidence)
      throws IOException {
    ElasticsearchSink sink = ElasticsearchSink.open(elasticsearch);
    sinks.add(sink);
    FollowedSensor follower =
        new FollowedSensor(
            SensorAssembly.builtIn(settings()),
            new FollowSettings(
                owner.folder(),
                List.of(),
                List.of(),
                quiet,
                owner,
                adopts,
                new ReadingAttempts(folder.resolve("attempts"), sensor),
                false),
            SensorStorage.of(connection, sink),
            evidence);
    started.add(follower);
    return follower;
  }

  /** True of a request that writes a sensor's commit. */
  static boolean isCommit(HttpExchange request) {
    return request.getRequestMethod().equals("PUT")
        && request.getRequestURI().getPath().startsWith("/" + IndexTemplates.SENSORS_INDEX);
  }

  /** True of a request that says in a sensor's commit what is read next. */
  static boolean isAnnouncement(HttpExchange request) {
    return request
        .getRequestURI()
        .getPath()
        .startsWith("/" + IndexTemplates.SENSORS_INDEX + "/_update");
  }

  /** Where the captures are written. */
  Path captures() throws IOException {
    return Files.createDirectories(folder.resolve("captures"));
  }

  static SensorStatus.View view(FollowedSensor sensor) {
    return sensor.status().view(Instant.now());
  }

  /** The ledger's entries of the sensor, as JSON by id. */
  Map<String, String> ledger() throws IOException {
    Map<String, String> entries = StoredDocuments.of(connection, DocumentKind.CAPTURE);
    entries.keySet().removeIf(id -> !id.endsWith("-" + sensor));
    return entries;
  }

  /** Makes the ledger forget the sensor. */
  void forget() throws IOException {
    connection.client().delete(d -> d.index(IndexTemplates.SENSORS_INDEX).id(sensor));
    for (String id : ledger().keySet()) {
      connection.client().delete(d -> d.index(IndexTemplates.CAPTURES_INDEX).id(id));
    }
  }

  /** Ends the flows and compares everything with one run over the files that lie there. */
  void finishAndCompare() throws Exception {
    start(Duration.ZERO).tick();
    StoredRun.assertSame(
        StoredRun.of(connection),
        CollectedDocuments.of(List.of(captures()), settings()).comparable());
  }

  @Override
  public void close() throws IOException {
    started.forEach(FollowedSensor::release);
    for (ElasticsearchSink sink : sinks) {
      sink.close();
    }
    connection.close();
  }
}
