package dev.forensics.indexer.service;

import dev.forensics.indexer.evidence.EvidenceStore;
import dev.forensics.indexer.follow.SensorStatus;
import dev.forensics.indexer.serve.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Says how the service is, in sentences for an operator. */
final class ServiceHealth {
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
      Map<NotReady, String> faults = SensorFaults.of(sensor, view, now);
      faults.values().forEach(fault -> reasons.add(name(sensor) + fault));
      ready &= faults.isEmpty();
      live &= !faults.containsKey(NotReady.HANGS);
      tellFiles(sensor, view, reasons);
    }
    evidence
        .flatMap(EvidenceStore::problem)
        .ifPresent(problem -> reasons.add("packets of alarms are not stored: " + problem));
    return new Health(live, ready && live, reasons);
  }

  private static void tellFiles(ServedSensor sensor, SensorStatus.View view, List<String> reasons) {
    view.clock().ifPresent(jump -> reasons.add(name(sensor) + jump));
    if (view.capturesLost() > 0) {
      reasons.add(
          name(sensor)
              + view.capturesLost()
              + " captures were gone or overwritten before they were read to their end");
    }
    view.setAside().forEach(capture -> reasons.add(name(sensor) + capture));
    List<String> files = new ArrayList<>(view.unreadable());
    view.folder().ifPresent(files::remove);
    files.stream().limit(MOST_FILES).forEach(file -> reasons.add(name(sensor) + file));
    if (files.size() > MOST_FILES) {
      reasons.add(name(sensor) + (files.size() - MOST_FILES) + " more files cannot be read");
    }
  }

  private static String name(ServedSensor sensor) {
    return "sensor " + sensor.config().name() + ": ";
  }
}
