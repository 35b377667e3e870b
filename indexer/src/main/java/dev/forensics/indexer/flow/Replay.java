package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/** What a replay has to rebuild. */
final class Replay {
  private final StartSet starts;
  private int found;

  Replay(StartSet starts) {
    this.starts = starts;
  }

  /** True when one of the flows, or segments, began with this packet or its first fragment. */
  boolean startsAt(DecodedPacket p) {
    found =
        p.heldPositions == null
            ? starts.find(p.captureIndex, p.position)
            : starts.find(p.heldCaptureIndexes[0], p.heldPositions[0]);
    return found >= 0;
  }

  /** What is known of the segment that {@link #startsAt} found; null in segment 1. */
  SegmentStart segment() {
    return starts.segment(found);
  }
}
