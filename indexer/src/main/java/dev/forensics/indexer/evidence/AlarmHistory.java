package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Tells which alarms a sensor raised. Thread-safe. */
@FunctionalInterface
public interface AlarmHistory {
  /**
   * Ids of alarms that were not suppressed, the latest first.
   *
   * @param since made at this time or later, by the wall clock
   * @param most how many at most
   */
  List<String> since(Instant since, int most) throws IOException;
}
