package dev.forensics.indexer.schedule;

import java.time.Duration;

/**
 * When a sensor is looked at: at an interval, or by a Quartz cron expression.
 *
 * @param every the interval; null with cron
 * @param cron six or seven fields, seconds first; null with every
 */
public record Timing(Duration every, String cron) {
  /** Exactly one of the two is given. */
  public Timing {
    if ((every == null) == (cron == null)) {
      throw new IllegalArgumentException("either an interval or a cron expression");
    }
  }

  /** At an interval. */
  public static Timing every(Duration interval) {
    return new Timing(interval, null);
  }

  /** By a cron expression. */
  public static Timing cron(String expression) {
    return new Timing(null, expression);
  }
}
