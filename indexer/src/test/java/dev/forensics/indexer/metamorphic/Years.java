package dev.forensics.indexer.metamorphic;

import java.time.Instant;

/** Moments that no traffic of its own time has. */
final class Years {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  private Years() {}

  static long nanosIn(int year) {
    return Instant.parse(year + "-02-03T04:05:06Z").getEpochSecond() * SECOND;
  }

  /** True of traffic of one month at most, without packets of another time. */
  static boolean isOfOneTime(Traffic traffic) {
    return traffic.lastNanos() - traffic.firstNanos() < 30 * DAY;
  }

  /** True of traffic of one month at most that lies a year or more from such a moment. */
  static boolean isApart(Traffic traffic, int year) {
    long first = traffic.firstNanos();
    long last = traffic.lastNanos();
    long far = 365 * DAY;
    return last - first < 30 * DAY && (first - nanosIn(year) > far || nanosIn(year) - last > far);
  }
}
