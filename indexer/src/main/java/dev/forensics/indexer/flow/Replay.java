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

  /** The flow, or segment, that began with this packet; null when none did. */
  StartSet.Start startAt(DecodedPacket p) {
    while (next < starts.size()) {
      StartSet.Start start = starts.get(next);
      if (!before(start.captureIndex(), start.position(), p.captureIndex, p.position)) {
        boolean here = start.captureIndex() == p.captureIndex && start.position() == p.position;
        return here ? start : null;
      }
      next++;
    }
    return null;
  }

  private static boolean before(int captureIndex, long position, int otherIndex, long other) {
    return captureIndex < otherIndex || (captureIndex == otherIndex && position < other);
  }
}
