package dev.forensics.indexer.service;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.config.MemoryPlan;
import dev.forensics.indexer.config.SensorConfig;
import dev.forensics.indexer.follow.FollowSettings;
import dev.forensics.indexer.follow.FollowedSensor;
import dev.forensics.indexer.follow.ReadingAttempts;
import dev.forensics.indexer.follow.SensorOwner;
import dev.forensics.indexer.follow.SensorStorage;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.ElasticsearchSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the configuration's sensors, each with a sink of its own. */
final class FollowedSensors implements AutoCloseable {
  private static final int LEAST_BULK_BYTES = 512 << 10;

  private final List<ServedSensor> sensors = new ArrayList<>();

  /**
   * @param installation what the state folder is known by
   */
  FollowedSensors(IndexerConfig config, String installation, Evidence evidence) throws IOException {
    for (SensorConfig sensor : config.sensors()) {
      sensors.add(make(config, sensor, installation, evidence));
    }
  }

  List<ServedSensor> all() {
    return List.copyOf(sensors);
  }

  private static ServedSensor make(
      IndexerConfig config, SensorConfig sensor, String installation, Evidence evidence)
      throws IOException {
    ElasticsearchSettings elasticsearch = settings(config, sensor);
    ElasticsearchSink sink = ElasticsearchSink.open(elasticsearch);
    ElasticsearchConnection connection = sink.connection();
    FollowSettings settings =
        new FollowSettings(
            sensor.captures(),
            sensor.include(),
            sensor.exclude(),
            sensor.quiet(),
            new SensorOwner(config.cluster().node(), installation, sensor.captures()),
            sensor.adopts(),
            new ReadingAttempts(config.state().resolve("attempts"), sensor.name()),
            config.cluster().jdbcUrl() != null);
    FollowedSensor followed =
        new FollowedSensor(
            Assemblies.of(config, sensor.settings()),
            settings,
            SensorStorage.of(connection, sink),
            evidence.keeper(sensor, connection));
    return new ServedSensor(sensor, followed, sink, elasticsearch.bulk().deadLetterFolder());
  }

  /** A sink holds at most so many requests' bytes as it has senders, and two more. */
  private static ElasticsearchSettings settings(IndexerConfig config, SensorConfig sensor) {
    ElasticsearchSettings settings = config.elasticsearch();
    BulkSettings bulk = settings.bulk();
    int share = MemoryPlan.DOCUMENT_BYTES / config.sensors().size() / (bulk.concurrency() + 2);
    int bytes = Math.max(LEAST_BULK_BYTES, Math.min(bulk.maximumBytes(), share));
    return settings.withBulk(
        bulk.withSize(bytes, bulk.maximumDocuments())
            .withDeadLetterFolder(bulk.deadLetterFolder().resolve(sensor.name())));
  }

  /** Notes which captures were being read when the process ended by a fault of its own. */
  void blame(String why) {
    sensors.forEach(sensor -> sensor.followed().blame(why));
  }

  /** Tells the ticks under way to end. */
  void stop() {
    sensors.forEach(sensor -> sensor.followed().stop());
  }

  @Override
  public void close() throws IOException {
    for (ServedSensor sensor : sensors) {
      sensor.sink().close();
    }
  }
}
