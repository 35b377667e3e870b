package dev.forensics.indexer.service;

import dev.forensics.indexer.evidence.EvidenceStore;
import dev.forensics.indexer.follow.SensorStatus;
import dev.forensics.indexer.pipeline.MemoryUse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The service's metrics for Prometheus; docs/operations.md says what each means. */
final class ServiceMetrics implements AutoCloseable {
  /** Kind of memory: documents under way to Elasticsearch. */
  private static final String DOCUMENTS = "documents";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<ServedSensor> sensors;
  private final InstantSource clock;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Set<String> stops = new HashSet<>();
  private final Set<String> bounds = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();

  ServiceMetrics(
      List<ServedSensor> sensors,
      ServiceHealth health,
      Optional<EvidenceStore> evidence,
      InstantSource clock) {
    this.sensors = sensors;
    this.clock = clock;
    sensors.forEach(this::add);
    evidence.ifPresent(this::addEvidence);
    Gauge.builder("forensics.ready", () -> health.now().ready() ? 1 : 0)
        .description("1 when captures are read and documents arrive")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private void add(ServedSensor sensor) {
    count(sensor, "packets", "Records read", SensorStatus.View::packets);
    count(sensor, "bytes", "Bytes of these packets on the wire", SensorStatus.View::bytes);
    count(sensor, "flows", "Flow documents made", SensorStatus.View::flows);
    count(sensor, "alarms", "Alarm documents made", SensorStatus.View::alarms);
    count(sensor, "dead.letters", "Documents refused", SensorStatus.View::deadLetters);
    count(sensor, "commits", "Moves of the ledger", SensorStatus.View::commits);
    count(sensor, "resumptions", "Open flows built again", SensorStatus.View::resumptions);
    count(sensor, "captures.done", "Captures read to the end", SensorStatus.View::capturesDone);
    count(sensor, "captures.failed", "Captures that broke", SensorStatus.View::capturesFailed);
    count(sensor, "captures.lost", "Captures gone too early", SensorStatus.View::capturesLost);
    count(sensor, "captures.damages", "Damaged places passed", SensorStatus.View::damages);
    count(sensor, "packets.astray", "Packets of another time", SensorStatus.View::astray);
    count(sensor, "packets.dropped", "Packets lost by the writer", SensorStatus.View::dropped);
    count(
        sensor,
        "clock.steps",
        "Times that a capture's clock was set",
        SensorStatus.View::clockSteps);
    count(sensor, "files.opened", "Files looked into", SensorStatus.View::filesOpened);
    gauge(sensor, "captures.copies", "Copies left out", SensorStatus.View::copies);
    gauge(sensor, "captures.open", "Captures followed", SensorStatus.View::openCaptures);
    gauge(sensor, "flows.open", "Open flows at the last commit", SensorStatus.View::openFlows);
    gauge(sensor, "lag.bytes", "Found and not yet read", SensorStatus.View::lagBytes);
    gauge(
        sensor,
        "lag.seconds",
        "Since the sensor was last caught up; 0 when it is",
        view -> view.lag().toMillis() / 1e3);
    gauge(
        sensor,
        "files.unreadable",
        "Files in the folder that cannot be read",
        view -> view.unreadable().size());
    for (NotReady reason : NotReady.values()) {
      Gauge.builder("forensics.not.ready", sensor, s -> isNotReady(s, reason) ? 1 : 0)
          .description("1 while the sensor is not ready for this reason")
          .tags("sensor", sensor.config().name(), "reason", reason.label())
          .register(registry);
    }
    gauge(
        sensor,
        "captures.set.aside",
        "Captures not read since they ended the process",
        view -> view.setAside().size());
    addSink(sensor);
  }

  private boolean isNotReady(ServedSensor sensor, NotReady reason) {
    return SensorFaults.of(sensor, view(sensor), now()).containsKey(reason);
  }

  private void addSink(ServedSensor sensor) {
    Tags tags = Tags.of("sensor", sensor.config().name());
    FunctionCounter.builder("forensics.sink.retries", sensor.sink(), s -> s.counts().retries())
        .description("Requests or documents sent again")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder("forensics.sink.documents", sensor.sink(), s -> s.counts().indexed())
        .description("Documents stored")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder(
            "forensics.sink.duplicates", sensor.sink(), s -> s.counts().duplicates())
        .description("Documents that were there already")
        .tags(tags)
        .register(registry);
    Gauge.builder("forensics.sink.queue.bytes", sensor.sink(), s -> s.load().queuedBytes())
        .description("Bytes of documents under way")
        .tags(tags)
        .register(registry);
    memory(tags, DOCUMENTS, sensor, s -> s.sink().load().queuedBytes());
    memoryLimit(tags, DOCUMENTS, sensor, s -> s.sink().load().queueLimitBytes());
    Gauge.builder(
            "forensics.sink.delivering", sensor.sink(), s -> s.health().isDelivering() ? 1 : 0)
        .description("0 while documents wait for Elasticsearch")
        .tags(tags)
        .register(registry);
  }

  private void addEvidence(EvidenceStore store) {
    FunctionCounter.builder("forensics.evidence.kept", store, s -> s.counts().kept())
        .description("Alarms whose packets were stored")
        .register(registry);
    FunctionCounter.builder("forensics.evidence.failures", store, s -> s.counts().failures())
        .description("Alarms whose packets could not be stored")
        .register(registry);
    FunctionCounter.builder(
            "forensics.evidence.packets.missing", store, s -> s.counts().missingPackets())
        .description("Packets gone before they were stored")
        .register(registry);
    Gauge.builder("forensics.evidence.files", store, s -> s.counts().files())
        .description("Files in the evidence folder")
        .register(registry);
    Gauge.builder("forensics.evidence.bytes", store, s -> s.counts().bytes())
        .description("Bytes of these files")
        .register(registry);
  }

  private void count(
      ServedSensor sensor, String name, String help, ToDoubleFunction<SensorStatus.View> value) {
    FunctionCounter.builder("forensics." + name, sensor, s -> value.applyAsDouble(view(s)))
        .description(help)
        .tags("sensor", sensor.config().name())
        .register(registry);
  }

  private void gauge(
      ServedSensor sensor, String name, String help, ToDoubleFunction<SensorStatus.View> value) {
    Gauge.builder("forensics." + name, sensor, s -> value.applyAsDouble(view(s)))
        .description(help)
        .tags("sensor", sensor.config().name())
        .register(registry);
  }

  private SensorStatus.View view(ServedSensor sensor) {
    return sensor.followed().status().view(now());
  }

  private Instant now() {
    return clock.instant();
  }

  /** All of them as text, in Prometheus' exposition format 0.0.4. */
  synchronized String text() {
    sensors.forEach(this::addStops);
    sensors.forEach(this::addBounds);
    sensors.forEach(this::addMemory);
    return registry.scrape();
  }

  /** A reason gets its counter once it has occurred. */
  private void addStops(ServedSensor sensor) {
    String name = sensor.config().name();
    for (String stop : view(sensor).stops().keySet()) {
      if (stops.add(name + " " + stop)) {
        String[] parts = stop.split("\\.", 2);
        FunctionCounter.builder(
                "forensics.stops", sensor, s -> view(s).stops().getOrDefault(stop, 0L))
            .description("Packets whose decoding stopped early")
            .tags("sensor", name, "layer", parts[0], "reason", parts[1])
            .register(registry);
      }
    }
  }

  /** A bound gets its counter once it was reached. */
  private void addBounds(ServedSensor sensor) {
    String name = sensor.config().name();
    for (String bound : view(sensor).bounds().keySet()) {
      if (bounds.add(name + " " + bound)) {
        FunctionCounter.builder(
                "forensics.bounds.reached", sensor, s -> view(s).bounds().getOrDefault(bound, 0L))
            .description("What was given up since a bound of memory was reached")
            .tags("sensor", name, "bound", bound)
            .register(registry);
      }
    }
  }

  /** A kind of state gets its gauges once the sensor was read. */
  private void addMemory(ServedSensor sensor) {
    String name = sensor.config().name();
    for (String kind : view(sensor).memory().keySet()) {
      if (kinds.add(name + " " + kind)) {
        Tags tags = Tags.of("sensor", name);
        memory(tags, kind, sensor, s -> use(s, kind).bytes());
        memoryLimit(tags, kind, sensor, s -> use(s, kind).limit());
      }
    }
  }

  private MemoryUse use(ServedSensor sensor, String kind) {
    return view(sensor).memory().getOrDefault(kind, MemoryUse.NONE);
  }

  private void memory(
      Tags tags, String kind, ServedSensor sensor, ToDoubleFunction<ServedSensor> bytes) {
    Gauge.builder("forensics.memory.bytes", sensor, bytes)
        .description("Memory that a kind of state takes")
        .tags(tags.and("kind", kind))
        .register(registry);
  }

  private void memoryLimit(
      Tags tags, String kind, ServedSensor sensor, ToDoubleFunction<ServedSensor> bytes) {
    Gauge.builder("forensics.memory.limit.bytes", sensor, bytes)
        .description("Memory that it may take")
        .tags(tags.and("kind", kind))
        .register(registry);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
