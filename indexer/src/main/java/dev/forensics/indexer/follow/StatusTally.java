package dev.forensics.indexer.follow;

import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.pipeline.Bounds;
import dev.forensics.indexer.pipeline.CaptureProgress;
import dev.forensics.indexer.pipeline.SensorCaptures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what the captures' counts have grown by to the sensor's status. */
final class StatusTally {
  private static final Logger LOG = LoggerFactory.getLogger(StatusTally.class);

  private final SensorStatus status;
  private final SensorCaptures captures;
  private final DocumentSink sink;

  /** What was told of each capture, as long as anybody knows it. */
  private final Map<CaptureProgress, Seen> seen = new WeakHashMap<>();

  private final Map<String, Long> toldBounds = new HashMap<>();
  private long deadLetters;

  private record Seen(
      long packets,
      long bytes,
      long flows,
      long alarms,
      long astray,
      long clockSteps,
      long dropped,
      Map<String, Long> stops) {
    static Seen before(CaptureEntry entry) {
      return new Seen(
          entry.packets,
          entry.bytes,
          entry.flows,
          entry.alarms,
          entry.astray,
          entry.clockSteps,
          entry.interfaces.dropped(),
          entry.stops);
    }

    static Seen of(CaptureProgress progress) {
      return new Seen(
          progress.packets(),
          progress.bytes(),
          progress.flows(),
          progress.alarms(),
          progress.astray(),
          progress.clockSteps(),
          progress.interfaces().dropped(),
          progress.stops());
    }
  }

  StatusTally(SensorStatus status, SensorCaptures captures, DocumentSink sink) {
    this.status = status;
    this.captures = captures;
    this.sink = sink;
    deadLetters = sink.counts().deadLettered();
  }

  /** What the captures say now was counted before. */
  void begin() {
    for (CaptureProgress progress : captures.all()) {
      seen.put(progress, Seen.of(progress));
    }
  }

  /**
   * Carries over what there is now, what memory is used, and how often its bounds were reached; the
   * first time in the log as well.
   *
   * @param bounds of the sensor's pipeline
   */
  void update(String sensor, Bounds bounds) {
    updateCaptures();
    boundsReached(sensor, bounds.reached().counts());
    status.memory(bounds.used().byKind());
  }

  private void updateCaptures() {
    List<CaptureProgress> all = captures.all();
    for (CaptureProgress progress : all) {
      Seen now = Seen.of(progress);
      Seen before = seen.put(progress, now);
      Seen since = before == null ? Seen.before(progress.before()) : before;
      add(now, since);
      if (now.astray + now.clockSteps > since.astray + since.clockSteps) {
        status.clockOf(
            progress.capture().path(),
            now.astray - since.astray,
            now.clockSteps - since.clockSteps);
      }
    }
    countDeadLetters(all);
  }

  private void boundsReached(String sensor, Map<String, Long> counts) {
    counts.forEach(
        (bound, count) -> {
          long more = count - toldBounds.getOrDefault(bound, 0L);
          if (more > 0 && status.boundReached(bound, more)) {
            LOG.warn("sensor={} a bound of memory was reached: {} {}", sensor, bound, more);
          }
          toldBounds.put(bound, count);
        });
  }

  private void add(Seen now, Seen before) {
    status.read(now.packets - before.packets, now.bytes - before.bytes);
    status.found(now.flows - before.flows, now.alarms - before.alarms);
    status.droppedBefore(Math.max(0, now.dropped - before.dropped));
    now.stops.forEach(
        (stop, count) -> {
          long more = count - before.stops.getOrDefault(stop, 0L);
          if (more > 0) {
            status.stopped(stop, more);
          }
        });
  }

  /** A refused document is put down to the capture that was being read. */
  private void countDeadLetters(List<CaptureProgress> all) {
    long now = sink.counts().deadLettered();
    long more = now - deadLetters;
    deadLetters = now;
    if (more > 0) {
      status.deadLettered(more);
      if (!all.isEmpty()) {
        all.get(all.size() - 1).deadLettered(more);
      }
    }
  }
}
