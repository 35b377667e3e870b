package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers flows that have ended, so that a capture that is repeated behind its end (a file that
 * was appended to itself, captures joined end to end that overlap) gives no second documents with
 * the same ids. A flow's first packet, with the same time and content, that comes again begins a
 * repetition: further packets of its key within the flow's times are copies.
 *
 * <p>Asked only about packets behind others, so traffic in order costs one line in a list for each
 * flow that ends; the index over that list is made when it is asked for the first time. Bounded:
 * the flow that ended first is forgotten, counted.
 */
final class EarlierFlows {
  private static final int FIRST = 1 << 10;
  private static final int MOST = 1 << 18;

  /** One flow is known again for so many bytes that open flows may take. */
  private static final int BYTES_OF_FLOWS = 1024;

  private static final int MOST_REPEATING = 1 << 14;

  /** Secret, so that nobody can have many flows meet in one bucket. */
  private static final long SEED = new SecureRandom().nextLong();

  private final FlowSettings settings;
  private final FlowCounters counters;
  private final FlowIndex index;
  private final int most;
  private final Map<Long, Repetition> repeating =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Repetition> eldest) {
          return size() > MOST_REPEATING;
        }
      };

  /** Of each flow by its ordinal: which it is, and its latest packet time. */
  private long[] flows = new long[2 * FIRST];

  private int count;

  /** Ordinal of the latest indexed flow of each bucket, plus 1, and of the one before in it. */
  private int[] heads = new int[0];

  private int[] links = new int[0];
  private int indexed;

  /** The times of a flow that is read again, both included. */
  private record Repetition(long startNanos, long endNanos) {
    boolean holds(long nanos) {
      return nanos >= startNanos && nanos <= endNanos;
    }
  }

  /** The latest clock so far, also before it was set back. */
  private long latestNanos = Long.MIN_VALUE;

  /** When the latest of the flows began: later than the clock where its time was not believed. */
  private long latestStartNanos = Long.MIN_VALUE;

  EarlierFlows(FlowSettings settings, FlowCounters counters, FlowIndex index) {
    this.settings = settings;
    this.counters = counters;
    this.index = index;
    long share = Math.min(settings.maxFlows() / 4, settings.maxBytes() / BYTES_OF_FLOWS);
    most = Math.max(FIRST, Integer.highestOneBit((int) Math.min(MOST, share)));
  }

  /** The clock of the sensor stands here. */
  void clockMoved(long clockNanos) {
    latestNanos = Math.max(latestNanos, clockNanos);
  }

  /** A flow has ended; its document is written. */
  void ended(Flow flow) {
    int capacity = flows.length / 2;
    if (count == capacity && capacity < most) {
      flows = Arrays.copyOf(flows, flows.length * 2);
      heads = new int[0];
    } else if (count == 2 * capacity) {
      startOver(capacity);
    }
    counters.forgottenEnds += count >= capacity && capacity == most ? 1 : 0;
    latestStartNanos = Math.max(latestStartNanos, flow.flowStartNanos);
    int at = 2 * (count++ & (flows.length / 2 - 1));
    flows[at] = identity(flow.flowStartNanos, flow.firstPacketHash);
    flows[at + 1] = end(flow);
  }

  /** Ordinals stay small: what is remembered now counts from 0. */
  private void startOver(int capacity) {
    count = capacity;
    heads = new int[0];
  }

  /**
   * Whether a packet was read before, with a flow that has ended or from the beginning of the open
   * one.
   *
   * @param flow the open flow of its key; null when there is none
   */
  boolean repeats(DecodedPacket p, Flow flow) {
    // The next flow may begin within the times of the one before. A time that is not believed (yet)
    // may be right: that of a capture which is read once more.
    long nanos = p.seenNanos();
    return (nanos < latestNanos || p.timestampNanos < latestNanos || nanos <= latestStartNanos)
        && (beginsRepetition(p, flow) || isRepeating(p, nanos));
  }

  private boolean isRepeating(DecodedPacket p, long nanos) {
    if (repeating.isEmpty()) {
      return false;
    }
    Repetition known = repeating.get(index.stableHash(p));
    return known != null && (known.holds(nanos) || known.holds(p.timestampNanos));
  }

  private boolean beginsRepetition(DecodedPacket p, Flow flow) {
    long start = p.timestampNanos;
    if (flow != null && start > flow.flowStartNanos) {
      return false;
    }
    long hash = PacketHash.of(p, settings);
    if (flow != null && start == flow.flowStartNanos) {
      return hash == flow.firstPacketHash && repeat(p, end(flow));
    }
    int found = find(identity(start, hash));
    return found >= 0 && repeat(p, flows[found + 1]);
  }

  private boolean repeat(DecodedPacket p, long endNanos) {
    repeating.put(index.stableHash(p), new Repetition(p.timestampNanos, endNanos));
    return true;
  }

  /** Copies of its packets may have come a little later. */
  private long end(Flow flow) {
    return Math.min(flow.endNanos, latestNanos) + DuplicateFilter.WINDOW_NANOS;
  }

  private static long identity(long startNanos, long firstPacketHash) {
    return KeyHash.mix(KeyHash.mix(startNanos ^ SEED) + firstPacketHash);
  }

  /** Where the flow stands in the list; -1 when it is not known. */
  private int find(long identity) {
    bringIndexUpToDate();
    int mask = flows.length / 2 - 1;
    int oldest = Math.max(0, count - flows.length / 2);
    int latest = heads[bucket(identity)] - 1;
    for (int i = latest; i >= oldest; i = links[i & mask] - 1) {
      if (flows[2 * (i & mask)] == identity) {
        return 2 * (i & mask);
      }
    }
    return -1;
  }

  private void bringIndexUpToDate() {
    int capacity = flows.length / 2;
    if (heads.length != capacity) {
      heads = new int[capacity];
      links = new int[capacity];
      indexed = Math.max(0, count - capacity);
    }
    indexed = Math.max(indexed, count - capacity);
    for (; indexed < count; indexed++) {
      int at = indexed & (capacity - 1);
      int bucket = bucket(flows[2 * at]);
      links[at] = heads[bucket];
      heads[bucket] = indexed + 1;
    }
  }

  private int bucket(long identity) {
    return (int) (identity >>> 20) & (heads.length - 1);
  }
}
