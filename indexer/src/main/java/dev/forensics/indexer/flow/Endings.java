package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.util.function.Consumer;

/**
 * When the flows of a table end, and what falls due in them before: by the packets of each flow, by
 * the sensor's clock, for lack of room, or all at once. What falls due for a flow comes in the
 * order of its moments, however late somebody looks.
 */
final class Endings {
  /** Roughly what a flow takes in memory without payload, its place in the index included. */
  private static final int FLOW_BYTES = 300;

  /** Roughly what the side of a responder takes that has spoken. */
  private static final int SIDE_BYTES = 120;

  private static final long NEVER = Long.MAX_VALUE;

  private final FlowSettings settings;
  private final FlowObserver observer;
  private final FlowCounters counters;
  private final FlowIndex index;
  private final Reassembler reassembler;
  private final EarlierFlows earlier;
  private final DuplicateFilter copies;
  private final FlowSide silent;
  private final ClockEras queues;
  private long clockNanos = Long.MIN_VALUE;
  private long momentNanos = Long.MIN_VALUE;

  /** The clock that was told last; nothing is told of a moment before it. */
  private long toldNanos = Long.MIN_VALUE;

  /** The clock by which flows end: it stays where it was while a repetition is read. */
  private long judgedNanos = Long.MIN_VALUE;

  /** Where the clock was set back to, while nothing shows that this was no repetition. */
  private long backNanos = NEVER;

  /** How far the clock was set back in all. */
  private long setBackNanos;

  /** How far the clock was set forward in all, as it was told last, and as the table knows. */
  private long steppedNanos;

  private long knownStepsNanos;

  /** Times of packets that are undecided: the clock may take steps to there. */
  private long[] ahead = {};

  /** A packet was ahead of the clock. */
  private boolean isAnyAhead;

  /**
   * @param earlier hears of each flow that has ended
   * @param copies hears of it too, unless another flow on its key takes its place
   * @param silent stands for responders that have not spoken
   */
  Endings(
      FlowSettings settings,
      FlowObserver observer,
      FlowCounters counters,
      FlowIndex index,
      Reassembler reassembler,
      EarlierFlows earlier,
      DuplicateFilter copies,
      FlowSide silent) {
    this.settings = settings;
    this.observer = observer;
    this.counters = counters;
    this.index = index;
    this.reassembler = reassembler;
    this.earlier = earlier;
    this.copies = copies;
    this.silent = silent;
    queues = new ClockEras(settings, this::expired);
  }

  /** A flow has begun. */
  void begun(Flow flow) {
    queues.add(flow);
  }

  /** A flow has just been marked as closed. */
  void closed(Flow flow) {
    queues.closed(flow);
  }

  /** A flow that was closed has just turned out to be open. */
  void opened(Flow flow) {
    queues.opened(flow);
  }

  /** Shows the flows that are open, in no particular order. */
  void forEachOpen(Consumer<Flow> consumer) {
    queues.forEach(consumer);
  }

  /** What a flow takes in memory, roughly. */
  private int bytes(Flow flow) {
    boolean isOneSided = flow.responder == silent && flow.segment == 1; // a resumed one has both
    int own = isOneSided ? FLOW_BYTES : FLOW_BYTES + SIDE_BYTES;
    int recent = flow.recent == null ? 0 : 16 + flow.recent.length * Long.BYTES;
    int reset = flow.reset == null ? 0 : ResetDoubt.OWN_BYTES;
    return own + reset + recent + flow.pointerBytes() + flow.observedBytes + flow.seenBytes;
  }

  /** What the flow takes may have changed. */
  void weigh(Flow flow) {
    int bytes = bytes(flow);
    counters.keptBytes += bytes - flow.weighedBytes;
    flow.weighedBytes = bytes;
  }

  /**
   * Does what fell due in a flow before a packet of it; true when the flow has ended.
   *
   * @param timeNanos the packet's time
   * @param seenNanos the packet's time, or the clock where the packet is far behind it
   */
  boolean fellDue(Flow flow, DecodedPacket p, long timeNanos, long seenNanos) {
    long step = stepSince(flow, timeNanos);
    if (step != 0) {
      cross(flow, p, step, timeNanos, seenNanos);
    }
    if (queues.isOver(flow, timeNanos, seenNanos)) {
      queues.remove(flow);
      finishOver(flow);
      return true;
    }
    if (flow.deadline != null) {
      passDeadline(flow, timeNanos);
    }
    return false;
  }

  /** How far the clock was set forward since a flow was seen, also by what its packet shows. */
  private long stepSince(Flow flow, long timeNanos) {
    long step = queues.stepSince(flow);
    return timeNanos > clockNanos ? step + stepAhead(flow, timeNanos) : step;
  }

  /** The steps from the clock on, over undecided times, between a flow and its next packet. */
  private long stepAhead(Flow flow, long timeNanos) {
    long step = 0;
    long from = clockNanos;
    for (long to : ahead) {
      long length = to - from;
      if (length > ClockEras.LEAST_STEP_NANOS
          && flow.seenNanos <= from
          && timeNanos - from > length / 2) {
        step += length;
      }
      from = Math.max(from, to);
    }
    return step;
  }

  /**
   * The first packet of a flow behind a step of the clock. Where it goes on with the flow, nothing
   * fell due in the step, and the flow's own time goes over it; where its time is still that of
   * before (another writer's clock was set), only the clock does.
   */
  private void cross(Flow flow, DecodedPacket p, long step, long timeNanos, long seenNanos) {
    boolean isBefore = timeNanos - flow.lastNanos < step / 2 && !p.isAstray();
    long own = isBefore ? timeNanos : timeNanos - step;
    if ((isBefore || Continuation.of(flow, p)) && !queues.isOver(flow, own, seenNanos - step)) {
      flow.setForward(step, !isBefore);
    }
    queues.moveToPresent(flow);
  }

  /** See {@link FlowTable#setForward}. */
  void setForward(long stepped, long[] undecided) {
    steppedNanos = stepped;
    ahead = undecided;
  }

  /** Whether a packet is ahead of the clock. */
  void seesAhead(boolean isAhead) {
    isAnyAhead |= isAhead;
  }

  /** The clock was set forward; while a repetition is read, by as much as it comes out of that. */
  private void step(long clock) {
    long length = steppedNanos - knownStepsNanos;
    knownStepsNanos = steppedNanos;
    if (judgedNanos != Long.MIN_VALUE && clock > judgedNanos) {
      queues.step(Math.min(length, clock - judgedNanos));
      if (isAnyAhead) {
        queues.moveSeenBehind(judgedNanos);
        isAnyAhead = false;
      }
    }
  }

  /** Moves the clock; see {@link FlowTable#advance}. */
  void advance(long clock) {
    if (steppedNanos != knownStepsNanos) {
      step(clock);
    }
    if (clock < clockNanos) {
      setBackNanos += clockNanos - clock;
      backNanos = Math.min(backNanos, clock);
      toldNanos = clock;
    }
    clockNanos = clock;
    earlier.clockMoved(clock);
    if (clock >= judgedNanos) {
      backNanos = NEVER;
      fallDue();
    }
    toldNanos = clock;
    momentNanos = clock;
  }

  /**
   * A packet comes that was not read before. If the clock was set back, it was so since time runs
   * differently now, not since a capture is repeated.
   *
   * @return whether flows may have ended
   */
  boolean seesNews() {
    if (backNanos == NEVER) {
      return false;
    }
    queues.setBack(backNanos, judgedNanos - backNanos);
    backNanos = NEVER;
    fallDue();
    momentNanos = clockNanos;
    return true;
  }

  private void fallDue() {
    judgedNanos = clockNanos;
    for (int i = queues.count() - 1; i >= 0; i--) {
      ClockEra era = queues.get(i);
      if (clockNanos - era.stepNanos() >= era.queues().dueNanos()) {
        releaseDeadlines(era);
        era.expire(clockNanos);
      }
    }
  }

  private void releaseDeadlines(ClockEra era) {
    long until = clockNanos - era.stepNanos();
    FlowQueues waiting = era.queues();
    for (Flow flow = waiting.waitsFirst(until); flow != null; flow = waiting.waitsFirst(until)) {
      long due = Math.min(flow.deadline.releaseNanos, waiting.dueNanos(flow));
      momentNanos = Math.max(due + era.stepNanos(), toldNanos);
      if (flow.deadline.dueNanos > queues.lastMomentNanos(flow)) {
        queues.remove(flow);
        finishOver(flow);
      } else {
        passDeadline(flow, flow.deadline.dueNanos);
      }
    }
  }

  /** Tells the observer when the flow's deadline is not later than this. */
  void passDeadline(Flow flow, long untilNanos) {
    Deadline deadline = flow.deadline;
    if (deadline != null && deadline.dueNanos <= untilNanos) {
      queues.removeDeadline(deadline);
      observer.deadlinePassed(flow, deadline.dueNanos);
      noteDeadline(flow);
    }
  }

  /** An observer may have set a deadline for a flow. */
  void noteDeadline(Flow flow) {
    Deadline deadline = flow.deadline;
    if (deadline != null && deadline.place < 0) {
      queues.addDeadline(deadline);
    }
  }

  /** See {@link FlowTable#momentNanos}. */
  long momentNanos() {
    return momentNanos + setBackNanos;
  }

  private void expired(Flow flow) {
    momentNanos = Math.max(queues.dueNanos(flow), toldNanos);
    finishOver(flow);
  }

  /** Ends a flow that is over and has left its queue; a deadline before its end counts. */
  private void finishOver(Flow flow) {
    passDeadline(flow, queues.lastMomentNanos(flow));
    finish(flow, TcpTracker.reason(flow));
  }

  /** Ends a flow now: for its own reason when it is over by the clock, else for this one. */
  private void endNow(Flow flow, EndReason otherwise) {
    if (queues.isPast(flow, judgedNanos)) {
      queues.remove(flow);
      finishOver(flow);
      return;
    }
    Deadline deadline = flow.deadline;
    if (deadline != null && deadline.releaseNanos - FlowQueues.GRACE_NANOS <= judgedNanos) {
      passDeadline(flow, deadline.dueNanos);
    }
    end(flow, otherwise);
  }

  void end(Flow flow, EndReason reason) {
    queues.remove(flow);
    finish(flow, reason);
  }

  /** Ends a flow that has left its queue. */
  private void finish(Flow flow, EndReason reason) {
    counters.keptBytes -= flow.weighedBytes;
    index.remove(flow);
    counters.current--;
    reassembler.finish(flow);
    flow.endReason = reason;
    counters.countEnd(reason);
    observer.flowEnded(flow);
    waitsNoLonger(flow);
    earlier.ended(flow);
    flow.forgetSeenBytes();
    if (reason != EndReason.REUSED) {
      copies.forget(flow);
    }
  }

  private void waitsNoLonger(Flow flow) {
    if (flow.deadline != null) {
      queues.removeDeadline(flow.deadline);
    }
  }

  void forget(Flow flow) {
    counters.keptBytes -= flow.weighedBytes;
    queues.remove(flow);
    index.remove(flow);
    counters.current--;
    flow.refuse(Direction.ORIGINATOR);
    flow.refuse(Direction.RESPONDER);
    observer.flowForgotten(flow);
    waitsNoLonger(flow);
  }

  /** The least recently seen flow ends while there are as many as may be. */
  void evictForOneMore() {
    while (counters.current >= settings.maxFlows()) {
      evict();
    }
  }

  /**
   * What is known of flows takes more than they do, and more with every message: the least recently
   * seen end early.
   */
  void evictForBytes() {
    while (counters.keptBytes + counters.reassemblyBytes > settings.maxBytes()
        && counters.current > 1) {
      evict();
    }
  }

  private void evict() {
    endNow(queues.leastRecentlySeen(), EndReason.EVICTED);
  }

  /** Ends all flows; see {@link FlowTable#endAll}. */
  void endAll(EndReason reason) {
    for (Flow flow = queues.first(); flow != null; flow = queues.first()) {
      endNow(flow, (flow.marks & Marks.CLOSED) != 0 ? TcpTracker.reason(flow) : reason);
    }
  }
}
