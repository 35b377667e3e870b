package dev.forensics.indexer.schedule;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the wall clock was set, by the time that has passed meanwhile. A clock that is
 * slowed down or hurried a little is not set.
 */
final class ClockSteps implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockSteps.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Less is a clock that is being disciplined, or a look that came late. */
  private static final long LEAST_STEP_MILLIS = 2_000;

  private static final long NANOS_A_MILLI = 1_000_000;

  private final LongSupplier wallMillis;
  private final LongSupplier elapsedNanos;
  private final Runnable onStep;
  private long aheadMillis;
  private Thread thread;

  /**
   * @param wallMillis the wall clock, in milliseconds since 1970
   * @param elapsedNanos a clock that nobody sets, in nanoseconds
   * @param onStep called after the wall clock was set, from the thread that noticed
   */
  ClockSteps(LongSupplier wallMillis, LongSupplier elapsedNanos, Runnable onStep) {
    this.wallMillis = wallMillis;
    this.elapsedNanos = elapsedNanos;
    this.onStep = onStep;
    aheadMillis = aheadMillis();
  }

  /** Looks again and again, from a thread of its own. */
  void start() {
    thread = new Thread(this::lookAgainAndAgain, "clock-steps");
    thread.setDaemon(true);
    thread.start();
  }

  private void lookAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY.toMillis());
        look();
      }
    } catch (InterruptedException e) {
      // The schedule has ended.
    }
  }

  /** Compares the clocks with how they were at the last look. */
  void look() {
    long now = aheadMillis();
    long step = now - aheadMillis;
    aheadMillis = now;
    if (Math.abs(step) >= LEAST_STEP_MILLIS) {
      LOG.warn(
          "the wall clock was set {} by {}: intervals go on, cron follows it",
          step > 0 ? "forward" : "back",
          Duration.ofSeconds(Math.round(Math.abs(step) / 1_000.0)));
      onStep.run();
    }
  }

  private long aheadMillis() {
    return wallMillis.getAsLong() - elapsedNanos.getAsLong() / NANOS_A_MILLI;
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
