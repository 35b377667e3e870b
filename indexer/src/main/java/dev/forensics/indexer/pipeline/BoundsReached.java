package dev.forensics.indexer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How often each bound of a sensor's memory was reached, so that what was given up is seen. The
 * counts are those of the rooms; docs/operations.md lists the bounds by these names. Filled before
 * the sensor's threads start; read by anybody, who sees recent counts.
 */
public final class BoundsReached {
  /** Flows written before their end, the least recently seen first. */
  static final String FLOWS_EVICTED = "flows_evicted";

  /** Holes declared in TCP streams, since too much waited behind them. */
  static final String STREAM_GAPS = "stream_gaps";

  /** Ended flows whose repetition would not be recognized any more. */
  static final String ENDED_FLOWS_FORGOTTEN = "ended_flows_forgotten";

  /** Datagrams in fragments that were given up for others. */
  static final String FRAGMENTS_EVICTED = "fragments_evicted";

  /** Addresses whose names from DNS answers were forgotten for others. */
  static final String NAMES_FORGOTTEN = "names_forgotten";

  /** Destinations that will be called new once more. */
  static final String FIRST_ALARMS_FORGOTTEN = "first_alarms_forgotten";

  /** QUIC Initials that stayed closed, since there were too many in a second. */
  static final String INITIALS_UNOPENED = "initials_unopened";

  /** Flows that went on without their parser, which had a fault. */
  static final String PARSERS_FAILED = "parsers_failed";

  private final List<Bound> bounds = new ArrayList<>();

  private record Bound(String name, LongSupplier count) {}

  /** Adds a place that counts; several of one name add up. */
  void add(String name, LongSupplier count) {
    bounds.add(new Bound(name, count));
  }

  /** The counts that are not zero, by name. */
  public SortedMap<String, Long> counts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Bound bound : bounds) {
      long count = bound.count.getAsLong();
      if (count > 0) {
        counts.merge(bound.name, count, Long::sum);
      }
    }
    return counts;
  }
}
