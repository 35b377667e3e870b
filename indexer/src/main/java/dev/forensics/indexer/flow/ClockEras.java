package dev.forensics.indexer.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What falls due in a table's flows, by the time in which each of them lives: those that were seen
 * since the clock was last set forward by the clock, those of before the latest {@value #STEPS}
 * steps by a time without these. A flow that is older than that has aged by the steps before them:
 * so it ends, however few packets there are between steps.
 *
 * <p>A pause of the whole traffic is such a step, too: nobody can tell the one from the other.
 */
final class ClockEras {
  /** How many steps a flow may cross without a packet. */
  static final int STEPS = 2;

  /** A step, as the clock counts them, in nanoseconds. */
  static final long LEAST_STEP_NANOS = 30_000_000_000L;

  /** A clock that is set back to within so much of where it had been goes on there. */
  private static final long LEAST_NANOS = 10_000_000_000L;

  private final FlowSettings settings;
  private final IdleQueue.Expiry expiry;

  /** The present one, and those before it; null where there is none. */
  private final ClockEra[] eras = new ClockEra[STEPS + 1];

  private int count = 1;

  /** Number of the present era, of which flows know the lowest byte. */
  private byte present;

  /**
   * @param settings with the time-outs
   * @param expiry takes the flows that fall due
   */
  ClockEras(FlowSettings settings, IdleQueue.Expiry expiry) {
    this.settings = settings;
    this.expiry = expiry;
    eras[0] = new ClockEra(settings, expiry);
  }

  /** How many eras there are, at least one. */
  int count() {
    return count;
  }

  /** The present era (0), or one of those before it. */
  ClockEra get(int index) {
    return eras[index];
  }

  private ClockEra of(Flow flow) {
    return eras[(present - flow.era) & 0xFF];
  }

  private FlowQueues queues(Flow flow) {
    return of(flow).queues();
  }

  /** How far the clock was set forward since a flow was seen, in nanoseconds. */
  long stepSince(Flow flow) {
    return flow.era == present ? 0 : of(flow).stepNanos();
  }

  /** The clock is about to be set forward by this much. */
  void step(long nanos) {
    ClockEra free = eras[STEPS] == null ? new ClockEra(settings, expiry) : eras[STEPS];
    if (eras[STEPS] != null) {
      move(STEPS, STEPS - 1, flow -> true);
    }
    System.arraycopy(eras, 0, eras, 1, STEPS);
    free.begin();
    eras[0] = free;
    present++;
    count = Math.min(count + 1, eras.length);
    for (int i = 1; i < count; i++) {
      eras[i].step(nanos);
    }
  }

  /** Flows of the era before that were seen behind this time were seen ahead of the clock. */
  void moveSeenBehind(long nanos) {
    move(1, 0, flow -> flow.seenNanos > nanos);
  }

  private void move(int from, int to, Predicate<Flow> which) {
    List<Flow> moved = new ArrayList<>();
    eras[from]
        .queues()
        .forEach(
            flow -> {
              if (which.test(flow)) {
                moved.add(flow);
              }
            });
    moved.forEach(flow -> move(flow, to));
  }

  private void move(Flow flow, int to) {
    queues(flow).moveTo(eras[to].queues(), flow);
    flow.era = (byte) (present - to);
  }

  /** A flow is about to be seen, or was; its times may have changed. */
  void moveToPresent(Flow flow) {
    move(flow, 0);
  }

  /**
   * The clock went back: no flow was seen later than this. Where it went back over a step, that was
   * none.
   *
   * @param byNanos how far it went back
   */
  void setBack(long clockNanos, long byNanos) {
    int left = 1;
    for (int i = 1; i < count; i++) {
      eras[i].step(-byNanos);
      if (eras[i].stepNanos() < LEAST_NANOS) {
        move(i, 0, flow -> true);
        eras[i].begin();
      } else {
        left = i + 1;
      }
    }
    count = left;
    eras[0].queues().setBack(clockNanos);
  }

  /** Adds a flow that was just seen. */
  void add(Flow flow) {
    flow.era = present;
    eras[0].queues().add(flow);
  }

  /** Moves a flow that was just seen: it has been marked as closed. */
  void closed(Flow flow) {
    queues(flow).closed(flow);
  }

  /** Moves a flow that was just seen: it is not marked as closed any more. */
  void opened(Flow flow) {
    queues(flow).opened(flow);
  }

  /** Takes a flow out; its deadline stays. */
  void remove(Flow flow) {
    queues(flow).remove(flow);
  }

  /** See {@link FlowQueues#isOver}. */
  boolean isOver(Flow flow, long timeNanos, long seenNanos) {
    return eras[0].queues().isOver(flow, timeNanos, seenNanos);
  }

  /** True when the clock is past the flow's time-out, also by steps, without any grace. */
  boolean isPast(Flow flow, long clockNanos) {
    return eras[0].queues().isPast(flow, clockNanos);
  }

  /** The last moment at which a packet would have belonged to the flow. */
  long lastMomentNanos(Flow flow) {
    return eras[0].queues().lastMomentNanos(flow);
  }

  /** The first clock of the sensor at which the flow is found to be over. */
  long dueNanos(Flow flow) {
    ClockEra era = of(flow);
    return era.queues().dueNanos(flow) + era.stepNanos();
  }

  /** Takes in the deadline that an observer has set for a flow. */
  void addDeadline(Deadline deadline) {
    queues(deadline.flow).addDeadline(deadline);
  }

  /** The flow waits no longer. */
  void removeDeadline(Deadline deadline) {
    queues(deadline.flow).removeDeadline(deadline);
  }

  /** The flow that was not seen for the longest time; null when there is none. */
  Flow leastRecentlySeen() {
    return anyOf(FlowQueues::leastRecentlySeen);
  }

  /** A flow to be ended when all are; null when there is none. */
  Flow first() {
    return anyOf(FlowQueues::first);
  }

  private Flow anyOf(Function<FlowQueues, Flow> of) {
    Flow found = null;
    for (int i = count - 1; found == null && i >= 0; i--) {
      found = of.apply(eras[i].queues());
    }
    return found;
  }

  /** Shows every flow; the consumer must not end any. */
  void forEach(Consumer<Flow> consumer) {
    for (int i = 0; i < count; i++) {
      eras[i].queues().forEach(consumer);
    }
  }
}
