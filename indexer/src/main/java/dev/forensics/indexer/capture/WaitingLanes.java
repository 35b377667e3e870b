package dev.forensics.indexer.capture;

import java.util.PriorityQueue;

/** The captures of a {@link MergedReader} that wait for the turn of their first record. */
final class WaitingLanes {
  private final PriorityQueue<MergedLane> lanes = new PriorityQueue<>(MergedLane.ORDER);
  private long nextNanos = Long.MAX_VALUE;

  /** Time at which the first of them begins, in nanoseconds; Long.MAX_VALUE when there is none. */
  long nextNanos() {
    return nextNanos;
  }

  boolean isEmpty() {
    return lanes.isEmpty();
  }

  void add(MergedLane lane) {
    lanes.add(lane);
    noteNext();
  }

  void remove(MergedLane lane) {
    lanes.remove(lane);
    noteNext();
  }

  /** Takes out the one that begins first; only where there is one. */
  MergedLane removeFirst() {
    MergedLane first = lanes.remove();
    noteNext();
    return first;
  }

  /** One of them lies elsewhere by now, or is compressed. */
  void moved(MergedLane lane, CaptureFile capture) {
    lanes.remove(lane);
    lane.capture = capture;
    add(lane);
  }

  void clear() {
    lanes.clear();
    noteNext();
  }

  private void noteNext() {
    MergedLane first = lanes.peek();
    nextNanos = first == null ? Long.MAX_VALUE : first.capture.firstPacketNanos();
  }
}
