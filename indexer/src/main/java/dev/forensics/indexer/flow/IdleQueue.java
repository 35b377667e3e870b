package dev.forensics.indexer.flow;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Flows of one idle time-out, in lists by the tick of packet time at which each was last looked at.
 * A packet of a flow touches no list: a flow whose list falls due is either over, or was seen since
 * and moves to the list of that later tick. Each move is paid for by at least one packet.
 *
 * <p>Whether a flow is over is decided by {@link #over} alone, to the nanosecond; the lists only
 * decide when somebody looks, at most one tick (1/512 of the time-out) later.
 */
final class IdleQueue {
  /** How many ticks a time-out has at most. */
  private static final int TICKS = 512;

  private final long timeoutNanos;
  private final int shift;
  private final QueueLink[] heads;
  private long oldestTick = Long.MIN_VALUE;
  private long evictionTick = Long.MIN_VALUE;
  private int size;

  /** Takes what leaves the queue. */
  interface Expiry {
    /** This flow is over: it has left the queue. */
    void expired(Flow flow);
  }

  /**
   * Makes an empty queue.
   *
   * @param timeoutNanos idle time-out in nanoseconds, at least 1
   */
  IdleQueue(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
    int bits = 0;
    while ((timeoutNanos >> bits) > TICKS) {
      bits++;
    }
    shift = bits;
    heads = new QueueLink[Integer.highestOneBit((int) (timeoutNanos >> bits) + 3) * 2];
    Arrays.setAll(heads, i -> new QueueLink());
    for (QueueLink head : heads) {
      head.becomeHead();
    }
  }

  int size() {
    return size;
  }

  /** True when the time-out has passed since the flow's latest packet. */
  boolean over(Flow flow, long clockNanos) {
    return clockNanos - flow.lastClockNanos > timeoutNanos;
  }

  /** The first clock at which {@link #expire} has something to look at. */
  long dueNanos() {
    return size == 0 ? Long.MAX_VALUE : ((oldestTick + 1) << shift) + timeoutNanos;
  }

  /** The first clock at which {@link #expire} finds that this flow is over. */
  long dueNanos(Flow flow) {
    return (((flow.lastClockNanos >> shift) + 1) << shift) + timeoutNanos;
  }

  /** Adds a flow that was just seen; its lastClockNanos is the table's clock. */
  void add(Flow flow) {
    long tick = flow.lastClockNanos >> shift;
    if (size == 0) {
      oldestTick = tick;
      evictionTick = tick;
    }
    flow.seenAgain = false;
    flow.appendTo(head(tick));
    size++;
  }

  /** Takes a flow out. */
  void remove(Flow flow) {
    flow.unlink();
    size--;
  }

  /** Hands over the flows whose tick fell due and that are over. */
  void expire(long clockNanos, Expiry expiry) {
    int lists = 0;
    while (size > 0 && dueNanos() <= clockNanos && lists++ < heads.length) {
      examine(oldestTick, clockNanos, expiry);
      oldestTick++;
    }
    evictionTick = Math.max(evictionTick, oldestTick);
  }

  /** Hands over every flow that is over, those of a tick not yet due included. */
  void expireExactly(long clockNanos, Expiry expiry) {
    expire(clockNanos, expiry);
    for (long tick = oldestTick; size > 0 && (tick << shift) + timeoutNanos < clockNanos; tick++) {
      examine(tick, clockNanos, expiry);
    }
  }

  private void examine(long tick, long clockNanos, Expiry expiry) {
    QueueLink head = head(tick);
    QueueLink last = head.previous;
    boolean more = head.next != head;
    QueueLink node = head.next;
    while (more) {
      QueueLink following = node.next;
      more = node != last;
      Flow flow = (Flow) node;
      if (over(flow, clockNanos)) {
        remove(flow);
        expiry.expired(flow);
      } else if (flow.lastClockNanos >> shift > tick) {
        relink(flow);
      }
      node = following;
    }
  }

  /**
   * The flow that was not seen for the longest time, to the tick; among those of one tick, the
   * first that was not seen again since the last look.
   *
   * @return null when the queue is empty
   */
  Flow leastRecentlySeen() {
    if (size == 0) {
      return null;
    }
    while (true) {
      QueueLink head = head(evictionTick);
      if (head.next == head) {
        evictionTick++;
        continue;
      }
      Flow flow = (Flow) head.next;
      if (!flow.seenAgain && flow.lastClockNanos >> shift == evictionTick) {
        return flow;
      }
      relink(flow);
    }
  }

  /** Shows every flow; the consumer must not end any. */
  void forEach(Consumer<Flow> consumer) {
    for (QueueLink head : heads) {
      for (QueueLink node = head.next; node != head; node = node.next) {
        consumer.accept((Flow) node);
      }
    }
  }

  private void relink(Flow flow) {
    flow.unlink();
    flow.seenAgain = false;
    flow.appendTo(head(flow.lastClockNanos >> shift));
  }

  private QueueLink head(long tick) {
    return heads[(int) tick & (heads.length - 1)];
  }
}
