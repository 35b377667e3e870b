package dev.forensics.indexer.service;

import dev.forensics.indexer.follow.SensorStatus;
import dev.forensics.indexer.index.SinkHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What keeps a sensor from being ready: no capture is read, or documents do not arrive. */
final class SensorFaults {
  /** A tick that shows no sign of life for so long, while documents get through, hangs. */
  private static final Duration HANGS = Duration.ofMinutes(10);

  private SensorFaults() {}

  /** Each in a sentence for an operator; none when it is ready. */
  static Map<NotReady, String> of(ServedSensor sensor, SensorStatus.View view, Instant now) {
    Map<NotReady, String> faults = new EnumMap<>(NotReady.class);
    SinkHealth sink = sensor.sink().health();
    if (!sink.isDelivering()) {
      faults.put(
          NotReady.ELASTICSEARCH,
          "documents wait since %s: %s"
              .formatted(
                  sink.since().map(Instant::toString).orElse("now"),
                  sink.problem().orElse("unknown")));
    }
    if (!view.problem().equals(view.folder())) {
      view.problem().ifPresent(problem -> faults.put(NotReady.TICK, problem));
    }
    view.folder().ifPresent(problem -> faults.put(NotReady.FOLDER, problem));
    sensor.deadLetters().ifPresent(letters -> faults.put(NotReady.DEAD_LETTERS, letters));
    if (sink.isDelivering() && hangs(view, now)) {
      faults.put(NotReady.HANGS, "no sign of life since " + view.lastSign());
    }
    return faults;
  }

  private static boolean hangs(SensorStatus.View view, Instant now) {
    return view.isTicking() && Duration.between(view.lastSign(), now).compareTo(HANGS) > 0;
  }
}
