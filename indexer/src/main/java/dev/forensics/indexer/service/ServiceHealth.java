package dev.forensics.indexer.service;

import dev.forensics.indexer.evidence.EvidenceStore;
import dev.forensics.indexer.follow.SensorStatus;
import dev.forensics.indexer.index.SinkHealth;
import dev.forensics.indexer.serve.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Says how the service is, in sentences for an operator. */
final class ServiceHealth {
  /** A tick that shows no sign of life for so long, while documents get through, hangs. */
  private static final Duration HANGS = Duration.ofMinutes(10);

  private static final int MOST_FILES = 5;

  private final List<ServedSensor> sensors;
  private final Optional<EvidenceStore> evidence;
  private final Supplier<Optional<String>> schedule;
  private final InstantSource clock;

  /**
   * @param schedule tells why no sensor is read
   */
  ServiceHealth(
      List<ServedSensor> sensors,
      Optional<EvidenceStore> evidence,
      Supplier<Optional<String>> schedule,
      InstantSource clock) {
    this.sensors = sensors;
    this.schedule = schedule;
    this.evidence = evidence;
    this.clock = clock;
  }

  Health now() {
    Instant now = clock.instant();
    List<String> reasons = new ArrayList<>();
    Optional<String> paused = schedule.get();
    paused.ifPresent(reasons::add);
    boolean ready = paused.isEmpty();
    boolean live = true;
    for (ServedSensor sensor : sensors) {
      SensorStatus.View view = sensor.followed().status().view(now);
      SinkHealth sink = sensor.sink().health();
      ready &= isReady(sensor, view, sink, reasons);
      if (sink.isDelivering() && hangs(view, now)) {
        live = false;
        reasons.add(name(sensor) + "no sign of life since " + view.lastSign());
      }
      tellFiles(sensor, view, reasons);
    }
    evidence
        .flatMap(EvidenceStore::problem)
        .ifPresent(problem -> reasons.add("packets of alarms are not stored: " + problem));
    return new Health(live, ready && live, reasons);
  }

  private static boolean isReady(
      ServedSensor sensor, SensorStatus.View view, SinkHealth sink, List<String> reasons) {
    boolean ready = true;
    if (!sink.isDelivering()) {
      reasons.add(
          name(sensor)
              + "documents wait since "
              + sink.since().map(Instant::toString).orElse("now")
              + ", nothing is lost: "
              + sink.problem().orElse("unknown"));
      ready = false;
    }
    if (view.problem().isPresent()) {
      reasons.add(name(sensor) + view.problem().get());
      ready = false;
    }
    return ready;
  }

  private static boolean hangs(SensorStatus.View view, Instant now) {
    return view.isTicking() && Duration.between(view.lastSign(), now).compareTo(HANGS) > 0;
  }

  private static void tellFiles(ServedSensor sensor, SensorStatus.View view, List<String> reasons) {
    view.clock().ifPresent(jump -> reasons.add(name(sensor) + jump));
    List<String> files = view.unreadable();
    files.stream().limit(MOST_FILES).forEach(file -> reasons.add(name(sensor) + file));
    if (files.size() > MOST_FILES) {
      reasons.add(name(sensor) + (files.size() - MOST_FILES) + " more files cannot be read");
    }
  }

  private static String name(ServedSensor sensor) {
    return "sensor " + sensor.config().name() + ": ";
  }
}
