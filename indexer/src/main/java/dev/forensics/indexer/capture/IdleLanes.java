package dev.forensics.indexer.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The captures of a {@link MergedReader} that are at their end or limit for now, still open. */
final class IdleLanes {
  private final ArrayDeque<MergedLane> lanes = new ArrayDeque<>();

  int size() {
    return lanes.size();
  }

  void add(MergedLane lane) {
    lane.state = MergedLane.State.IDLE;
    lanes.addLast(lane);
  }

  void remove(MergedLane lane) {
    lanes.remove(lane);
  }

  void clear() {
    lanes.clear();
  }

  /** Takes out the one that has been idle for the longest time, of those that hold nothing. */
  MergedLane removeFirst() {
    MergedLane first =
        lanes.stream().filter(lane -> !lane.isHolding()).findFirst().orElse(lanes.peekFirst());
    lanes.remove(first);
    return first;
  }

  /** Takes out those that may have grown, or may be read further. */
  List<MergedLane> wake() {
    return take(lane -> !lane.isHeadPastLimit());
  }

  /** Lets go of what waits for others to decide about its time. */
  List<MergedLane> letGo(LettingGo which) {
    List<MergedLane> holding = take(lane -> !lane.hasHead && lane.isHolding());
    for (MergedLane lane : holding) {
      lane.limit(lane.limit, lane.limit);
      lane.reader.letGo(which);
    }
    return holding;
  }

  /** Lets go of what waits for others, where it comes before this time. */
  List<MergedLane> letGoBefore(long turnNanos) {
    List<MergedLane> before = take(lane -> !lane.hasHead && lane.heldNanos() < turnNanos);
    before.forEach(lane -> lane.reader.letOneGo());
    return before;
  }

  /** True while something waits for others to decide about its time. */
  boolean areHolding() {
    for (MergedLane lane : lanes) {
      if (lane.isHolding()) {
        return true;
      }
    }
    return false;
  }

  private List<MergedLane> take(Predicate<MergedLane> wanted) {
    List<MergedLane> taken = new ArrayList<>();
    for (Iterator<MergedLane> all = lanes.iterator(); all.hasNext(); ) {
      MergedLane lane = all.next();
      if (wanted.test(lane)) {
        all.remove();
        lane.state = MergedLane.State.OPEN;
        taken.add(lane);
      }
    }
    return taken;
  }
}
