package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/** What a replay has to rebuild, and where it ends. */
final class Replay {
  private final StartSet starts;
  private final int untilCaptureIndex;
  private final long untilPosition;
  private int found;

  Replay(StartSet starts, int untilCaptureIndex, long untilPosition) {
    this.starts = starts;
    this.untilCaptureIndex = untilCaptureIndex;
    this.untilPosition = untilPosition;
  }

  /** True when the packet stands at or behind the committed position. */
  boolean passedBy(DecodedPacket p) {
    return !before(p.captureIndex, p.position, untilCaptureIndex, untilPosition);
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

  private static boolean before(int captureIndex, long position, int otherIndex, long other) {
    return captureIndex < otherIndex || (captureIndex == otherIndex && position < other);
  }
}
