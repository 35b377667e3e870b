package dev.forensics.indexer.capture;

import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Zeros amid the captures of a {@link MergedReader}, see {@link Holes}. A reader that follows
 * growing captures waits for what may still be written there, until it is told to pass over it; any
 * other reader passes over it at once. Captures are named by their index.
 */
public final class MergedHoles {
  private final Map<Integer, MergedLane> lanes;
  private final BiConsumer<MergedLane, CaptureException> failing;

  /**
   * @param lanes the reader's, by index
   * @param failing ends a capture that is at its end for now
   */
  MergedHoles(Map<Integer, MergedLane> lanes, BiConsumer<MergedLane, CaptureException> failing) {
    this.lanes = lanes;
    this.failing = failing;
  }

  /**
   * Passes over the holes that begin before a position, and waits for those behind it.
   *
   * @param position in bytes of the uncompressed capture
   */
  public void passTo(int index, long position) {
    MergedLane lane = lanes.get(index);
    lane.passesTo = position;
    if (lane.reader != null) {
      lane.reader.holes().waitFrom(position);
    }
  }

  /** True when a capture is not read on until a hole in it is filled or passed over. */
  public boolean isBefore(int index) {
    MergedLane lane = lanes.get(index);
    return lane.state == MergedLane.State.IDLE && lane.reader.holes().isWaiting();
  }

  /** True when a capture ends in more zeros than were looked through for something behind them. */
  public boolean mayBeBefore(int index) {
    MergedLane lane = lanes.get(index);
    return lane.state == MergedLane.State.IDLE && !lane.reader.holes().isLookedThrough();
  }

  /** Reports a capture that is over as broken when no record was found behind a hole in it. */
  public void failUnresolved(int index) {
    MergedLane lane = lanes.get(index);
    CaptureException problem =
        lane.state == MergedLane.State.IDLE ? lane.reader.holes().unresolved() : null;
    if (problem != null) {
      failing.accept(lane, problem);
    }
  }
}
