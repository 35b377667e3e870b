package dev.forensics.indexer.service;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.config.SensorConfig;
import dev.forensics.indexer.evidence.CaptureFinder;
import dev.forensics.indexer.evidence.EvidenceFolder;
import dev.forensics.indexer.evidence.EvidenceSink;
import dev.forensics.indexer.evidence.EvidenceStore;
import dev.forensics.indexer.evidence.PacketExport;
import dev.forensics.indexer.evidence.RecordedPaths;
import dev.forensics.indexer.evidence.StoredPackets;
import dev.forensics.indexer.follow.FollowedSensor;
import dev.forensics.indexer.index.CapturePaths;
import dev.forensics.indexer.index.DocumentLookup;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.FlowSegments;
import dev.forensics.indexer.index.RaisedAlarms;
import dev.forensics.indexer.index.RecordedPath;
import dev.forensics.indexer.pipeline.CaptureProgress;
import dev.forensics.indexer.pipeline.SensorCaptures;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packets of alarms: stored while the ring still has them, and served. */
final class Evidence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

  private final IndexerConfig config;
  private final InstantSource clock;
  private final Optional<EvidenceStore> store;

  /** By sensor; a sensor that begins again after a failure gets another one. */
  private final Map<String, EvidenceSink> latest = new ConcurrentHashMap<>();

  private final Thread pruning = new Thread(this::pruneAgainAndAgain, "evidence");

  Evidence(IndexerConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    IndexerConfig.EvidenceConfig evidence = config.evidence();
    store =
        evidence.enabled()
            ? Optional.of(
                new EvidenceStore(
                    evidence.folder(),
                    evidence.maxAge(),
                    evidence.maxBytes(),
                    evidence.maxFiles(),
                    clock))
            : Optional.empty();
    pruning.setDaemon(true);
    pruning.start();
  }

  private void pruneAgainAndAgain() {
    try {
      while (store.isPresent()) {
        TimeUnit.MINUTES.sleep(1);
        prune(store.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void prune(EvidenceStore store) {
    try {
      store.prune();
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt(); // the service ends
    } catch (IOException | RuntimeException e) {
      LOG.warn("old evidence cannot be removed: {}", e.getMessage());
    }
  }

  /** Empty when the configuration wants none kept. */
  Optional<EvidenceStore> store() {
    return store;
  }

  /** Keeps the packets of a sensor's alarms. */
  FollowedSensor.EvidenceKeeper keeper(SensorConfig sensor, ElasticsearchConnection connection) {
    return store.isEmpty() ? FollowedSensor.EvidenceKeeper.NONE : new Keeper(sensor, connection);
  }

  /** Keeps one sensor's, as long as it is read. */
  private final class Keeper implements FollowedSensor.EvidenceKeeper {
    private final SensorConfig sensor;
    private final ElasticsearchConnection connection;

    Keeper(SensorConfig sensor, ElasticsearchConnection connection) {
      this.sensor = sensor;
      this.connection = connection;
    }

    @Override
    public DocumentSink before(DocumentSink sink, SensorCaptures captures) {
      letGo();
      EvidenceSink keeping = keeping(sink, captures, sensor, connection);
      latest.put(sensor.name(), keeping);
      return keeping;
    }

    @Override
    public void letGo() {
      EvidenceSink former = latest.remove(sensor.name());
      if (former != null) {
        former.letGo();
      }
    }
  }

  private EvidenceSink keeping(
      DocumentSink sink,
      SensorCaptures captures,
      SensorConfig sensor,
      ElasticsearchConnection connection) {
    RecordedPaths ledger = new CapturePaths(connection)::of;
    CaptureFinder finder =
        new CaptureFinder(
            ids -> paths(ids, captures, sensor.name(), ledger), List.of(sensor.captures()));
    EvidenceSink keeping =
        new EvidenceSink(
            sink, store.orElseThrow(), finder, new FlowSegments(connection)::of, clock);
    if (config.cluster().jdbcUrl() == null) {
      // Of sensors that are shared, the evidence may lie in another indexer's folder.
      RaisedAlarms alarms = new RaisedAlarms(connection);
      keeping.catchUp(
          (since, most) -> alarms.latest(sensor.name(), since, most),
          new DocumentLookup(connection)::find);
    }
    return keeping;
  }

  /** What is being read lies where the sensor sees it; the ledger is asked for the rest. */
  private static Map<String, List<RecordedPath>> paths(
      Collection<String> ids, SensorCaptures captures, String sensor, RecordedPaths ledger)
      throws IOException {
    Map<String, List<RecordedPath>> found = new HashMap<>();
    for (CaptureProgress progress : captures.all()) {
      String id = progress.capture().id().value();
      if (ids.contains(id)) {
        found.put(id, List.of(new RecordedPath(sensor, progress.capture().path().toString())));
      }
    }
    List<String> others = new ArrayList<>(ids);
    others.removeAll(found.keySet());
    if (!others.isEmpty()) {
      found.putAll(ledger.of(others));
    }
    return found;
  }

  /** Finds packets for the endpoint, of all sensors. */
  PacketExport export(ElasticsearchConnection connection) {
    List<Path> folders = config.sensors().stream().map(SensorConfig::captures).toList();
    return StoredPackets.of(
        new EvidenceFolder(config.evidence().folder()),
        connection,
        CaptureFinder.of(connection, folders));
  }

  /** Leaves what is looked for in Elasticsearch, whose connections may be closed afterwards. */
  @Override
  public void close() {
    pruning.interrupt();
    latest.values().forEach(EvidenceSink::letGo);
  }
}
