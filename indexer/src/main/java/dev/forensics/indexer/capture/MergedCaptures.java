package dev.forensics.indexer.capture;

import java.util.Map;

/**
 * Where each capture of a {@link MergedReader} stands, and what is known of its times there.
 * Captures are named by their index.
 */
public final class MergedCaptures {
  private final Map<Integer, MergedLane> lanes;

  /**
   * @param lanes the reader's, by index
   */
  MergedCaptures(Map<Integer, MergedLane> lanes) {
    this.lanes = lanes;
  }

  /** The capture where it was opened, or is to be opened. */
  public CaptureFile file(int index) {
    return lanes.get(index).capture;
  }

  /** Bytes of an incomplete record at the end of a capture, see {@link CaptureReader}. */
  public long trailingBytes(int index) {
    return lanes.get(index).furthest().trailingBytes;
  }

  /** What a capture has said so far of the interfaces it was written at. */
  public CaptureInterfaces interfaces(int index) {
    return lanes.get(index).interfaces();
  }

  /** True when a capture was read to its end and closed. */
  public boolean isFinished(int index) {
    return lanes.get(index).state == MergedLane.State.DONE;
  }

  /** True when a capture was read to its end as it is now, closed or not. */
  public boolean isAtEnd(int index) {
    MergedLane.State state = lanes.get(index).state;
    return state == MergedLane.State.DONE || state == MergedLane.State.IDLE;
  }

  /** True while a capture is open or waits to be opened, so that growth of it is noticed. */
  public boolean isFollowed(int index) {
    MergedLane lane = lanes.get(index);
    return lane != null
        && lane.state != MergedLane.State.DONE
        && lane.state != MergedLane.State.FAILED;
  }

  /** True when a capture was reported as broken. */
  public boolean hasFailed(int index) {
    return lanes.get(index).state == MergedLane.State.FAILED;
  }

  /** True while records of a capture wait for others that decide about their time. */
  public boolean isHolding(int index) {
    MergedLane lane = lanes.get(index);
    return lane != null && lane.isHolding();
  }

  /** What was known of a capture's times when it was opened; null before. */
  public CaptureClock openedWith(int index) {
    return lanes.get(index).openedWith;
  }

  /** What is known of a capture's times by now; null before it was opened. */
  public CaptureClock clock(int index) {
    return lanes.get(index).clock();
  }

  /** Position up to which the records of a capture decide about times, see the reader's limits. */
  public long lookedTo(int index) {
    return lanes.get(index).visible;
  }
}
