package dev.forensics.indexer.service;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.evidence.PacketExport;
import dev.forensics.indexer.follow.SteadyClock;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.schedule.SchedulerStore;
import dev.forensics.indexer.schedule.SensorScheduler;
import dev.forensics.indexer.serve.HttpEndpoint;
import dev.forensics.indexer.serve.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: follows the configuration's sensors by schedule and answers on HTTP, until it is
 * closed. Elasticsearch need not be there when it starts.
 */
public final class IndexerService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexerService.class);
  private static final String NOBODYS_ID = "0".repeat(32);

  private final StateFolder state;
  private final Evidence evidence;
  private final FollowedSensors sensors;
  private final ServiceMetrics metrics;
  private final List<FolderWatch> watches = new ArrayList<>();
  private volatile SensorScheduler scheduler;
  private final HttpEndpoint http;

  /**
   * Begins to read and to answer.
   *
   * @param config with at least one sensor
   * @param database user and password of the shared schedule's database
   * @throws IOException when the endpoint's address or the state folder is taken, a file of the
   *     configuration cannot be read or the shared schedule not be used
   */
  public IndexerService(IndexerConfig config, DatabaseLogin database) throws IOException {
    InstantSource clock = InstantSource.system();
    state = StateFolder.hold(config.state());
    evidence = new Evidence(config, clock);
    sensors = new FollowedSensors(config, state.installation(), evidence);
    ServiceHealth health =
        new ServiceHealth(
            sensors.all(), evidence.store(), this::whyNothingIsRead, SteadyClock.PROCESS);
    metrics = new ServiceMetrics(sensors.all(), health, evidence.store(), SteadyClock.PROCESS);
    PacketExport packets = evidence.export(sensors.all().get(0).sink().connection());
    http = new HttpEndpoint(http(config), health::now, metrics::text, packets);
    warmUp(packets);
    IndexerConfig.ClusterConfig cluster = config.cluster();
    scheduler =
        new SensorScheduler(
            new SchedulerStore(
                cluster.jdbcUrl(), database.user(), database.password(), cluster.checkIn()),
            cluster.node(),
            sensors.all().size(),
            cluster.tenure());
    ShortMemory.tell(() -> sensors.blame("memory was short"));
    schedule(config);
  }

  /** The process is about to end by a fault of its own: notes which captures were being read. */
  public void blame(Throwable fault) {
    sensors.blame(fault.getClass().getName());
  }

  /**
   * Who logs in to the database of a shared schedule.
   *
   * @param user may be null
   * @param password may be null
   */
  public record DatabaseLogin(String user, String password) {
    /** Leaves the password out. */
    @Override
    public String toString() {
      return "database user " + user;
    }
  }

  /** The first analyst does not wait for classes to be loaded and connections to be made. */
  private static void warmUp(PacketExport packets) {
    Thread thread =
        new Thread(
            () -> {
              try {
                packets.find(NOBODYS_ID);
              } catch (IOException | RuntimeException e) {
                LOG.debug("packets could not be looked up beforehand: {}", e.getMessage());
              }
            },
            "packets-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private void schedule(IndexerConfig config) throws IOException {
    String days = Math.max(1, config.retention().toDays()) + "d";
    TemplateGuard templates =
        new TemplateGuard(sensors.all().get(0).sink().connection(), new Retention(days, days));
    for (ServedSensor sensor : sensors.all()) {
      scheduler.add(
          sensor.config().name(),
          sensor.config().timing(),
          new PreparedTick(templates, sensor.followed()));
    }
    scheduler.start();
    for (ServedSensor sensor : sensors.all()) {
      watches.add(new FolderWatch(sensor.followed(), sensor.config().timing().every()));
    }
  }

  private static HttpSettings http(IndexerConfig config) throws IOException {
    IndexerConfig.HttpConfig http = config.http();
    String token = http.tokenFile() == null ? null : Files.readString(http.tokenFile()).strip();
    return new HttpSettings(
        new InetSocketAddress(http.host(), http.port()), token, http.publicUrl());
  }

  /** The endpoint answers before there is a schedule. */
  private Optional<String> whyNothingIsRead() {
    SensorScheduler made = scheduler;
    return made == null ? Optional.empty() : made.problem();
  }

  /** Where the endpoint listens. */
  public InetSocketAddress address() {
    return http.address();
  }

  /** Sensors that read something that is not committed; known when they are closed. */
  public List<String> uncommitted() {
    return sensors.all().stream()
        .filter(sensor -> sensor.followed().isLeftUncommitted())
        .map(sensor -> sensor.config().name())
        .toList();
  }

  /** Ends the ticks under way at the next step, commits, and lets go of everything. */
  @Override
  public void close() throws IOException {
    sensors.stop();
    scheduler.close();
    watches.forEach(FolderWatch::close);
    http.close();
    evidence.close();
    sensors.close();
    metrics.close();
    state.close();
  }
}
