package dev.forensics.indexer.service;

import dev.forensics.indexer.follow.FollowedSensor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a sensor's folder while its ticks do not, since they wait for Elasticsearch: what the
 * ring takes meanwhile is counted. A thread for each sensor, since a folder on a network may hang.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  /** With a cron expression, ticks tell nothing of how fast the ring turns. */
  private static final Duration CRON = Duration.ofMinutes(1);

  private static final Duration LEAST = Duration.ofMillis(500);

  private final FollowedSensor sensor;
  private final Duration every;
  private final Thread thread;

  /**
   * @param every interval of the sensor's ticks; null with a cron expression
   */
  FolderWatch(FollowedSensor sensor, Duration every) {
    this.sensor = sensor;
    Duration wanted = every == null ? CRON : every;
    this.every = wanted.compareTo(LEAST) < 0 ? LEAST : wanted;
    thread = new Thread(this::watchAgainAndAgain, "watch-" + sensor.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void watchAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(every.toMillis());
        watch();
      }
    } catch (InterruptedException e) {
      // The service ends.
    }
  }

  /** Half an interval late, so that ticks that come in time do all the looking. */
  private void watch() {
    try {
      sensor.watch(every.plus(every.dividedBy(2)));
    } catch (RuntimeException e) {
      LOG.warn("sensor={} the folder cannot be looked at beside the ticks", sensor.name(), e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
