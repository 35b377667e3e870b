package dev.forensics.indexer.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether documents get through. An outage is told to the log once, when it has lasted two seconds,
 * and its end once; shorter ones only count as retries. Thread-safe.
 */
final class DeliveryState {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryState.class);

  private static final Duration WORTH_TELLING = Duration.ofSeconds(2);

  private final InstantSource clock;
  private volatile Instant lastSuccess;
  private volatile String problem;
  private Instant problemSince;
  private boolean isTold;

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
    if (isTold) {
      LOG.info(
          "Elasticsearch takes documents again, after {} s; no document was lost",
          lasted().toSeconds());
    }
    problem = null;
    isTold = false;
  }

  private Duration lasted() {
    return Duration.between(problemSince, clock.instant());
  }

  /** Documents must wait. */
  synchronized void failed(String reason) {
    if (problem == null) {
      problemSince = clock.instant();
    }
    problem = reason;
    if (!isTold && lasted().compareTo(WORTH_TELLING) >= 0) {
      isTold = true;
      LOG.warn("documents wait, trying again: {}", reason);
    }
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
