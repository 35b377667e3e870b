package dev.forensics.indexer.flow;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts of one {@link FlowTable}. Written by its thread with plain stores; another thread may read
 * them for display and then sees recent, not exact, values.
 */
public final class FlowCounters {
  /** Packets that belong to a flow, mirrored copies included. */
  public long packets;

  /** Packets handed over that hold no transport header and so belong to no flow. */
  public long withoutFlow;

  /** Packets recognized as copies, also of flows that had ended. */
  public long duplicates;

  /** Ended flows whose repetition would not be recognized any more. */
  public long forgottenEnds;

  /** Packets ignored since their flow ended before the committed position of a replay. */
  public long replaySkipped;

  /** Flows begun; the later segments of a flow are not counted. */
  public long started;

  /** Flows in the table now. */
  public long current;

  /** Most flows that were in the table at once. */
  public long peak;

  /** RST packets outside the plausible range, which ended nothing. */
  public long invalidResets;

  /** Memory of open flows and what is known of them, in bytes; reassembly is not in it. */
  public long keptBytes;

  /** Bytes kept out of order now, with a fixed charge for each kept segment. */
  public long reassemblyBytes;

  /** Payload bytes given up as gaps. */
  public long gapBytes;

  /** Gaps declared since a cap on kept bytes was reached. */
  public long capGaps;

  private final Map<EndReason, long[]> ended = new EnumMap<>(EndReason.class);

  FlowCounters() {
    for (EndReason reason : EndReason.values()) {
      ended.put(reason, new long[1]);
    }
  }

  /** Flows, and for ACTIVE segments, that ended for this reason. */
  public long ended(EndReason reason) {
    return ended.get(reason)[0];
  }

  void countStart() {
    started++;
    current++;
    peak = Math.max(peak, current);
  }

  void countEnd(EndReason reason) {
    ended.get(reason)[0]++;
  }
}
