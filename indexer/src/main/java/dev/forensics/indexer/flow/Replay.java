package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/** Progress of a replay: the packets come in order, so the next start is always one comparison. */
final class Replay {
  private final StartSet starts;
  private final int untilCaptureIndex;
  private final long untilPosition;
  private int next;

  Replay(StartSet starts, int untilCaptureIndex, long untilPosition) {
    this.starts = starts;
    this.untilCaptureIndex = untilCaptureIndex;
    this.untilPosition = untilPosition;
  }

  /** True when the packet stands at or behind the committed position. */
  boolean passedBy(DecodedPacket p) {
    return !before(p.captureIndex, p.position, untilCaptureIndex, untilPosition);
  }

  /** True when one of the flows, or segments, began with this packet. */
  boolean startsAt(DecodedPacket p) {
    while (next < starts.size()) {
      int captureIndex = starts.captureIndex(next);
      long position = starts.position(next);
      if (!before(captureIndex, position, p.captureIndex, p.position)) {
        return captureIndex == p.captureIndex && position == p.position;
      }
      next++;
    }
    return false;
  }

  /** What is known of the segment that began with the packet last asked for; null in segment 1. */
  SegmentStart segment() {
    return starts.segment(next);
  }

  private static boolean before(int captureIndex, long position, int otherIndex, long other) {
    return captureIndex < otherIndex || (captureIndex == otherIndex && position < other);
  }
}
