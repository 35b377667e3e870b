package dev.forensics.indexer.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether documents get through; tells the log once when that changes. Thread-safe. */
final class DeliveryState {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryState.class);

  private final InstantSource clock;
  private volatile Instant lastSuccess;
  private volatile String problem;
  private Instant problemSince;

  DeliveryState(InstantSource clock) {
    this.clock = clock;
  }

  /** Elasticsearch took documents. */
  void succeeded() {
    lastSuccess = clock.instant();
    if (problem != null) {
      recover();
    }
  }

  private synchronized void recover() {
    if (problem == null) {
      return;
    }
    Duration outage = Duration.between(problemSince, clock.instant());
    LOG.info(
        "Elasticsearch takes documents again, after {} s; nothing was lost", outage.toSeconds());
    problem = null;
  }

  /** Documents must wait. */
  synchronized void failed(String reason) {
    if (problem == null) {
      problemSince = clock.instant();
      LOG.warn("documents wait, nothing is lost, trying again: {}", reason);
    }
    problem = reason;
  }

  /** The state at this moment. */
  synchronized SinkHealth health() {
    return new SinkHealth(
        problem == null,
        Optional.ofNullable(problem),
        problem == null
            ? Optional.empty()
            : Optional.of(problemSince.truncatedTo(ChronoUnit.MILLIS)),
        Optional.ofNullable(lastSuccess));
  }
}
