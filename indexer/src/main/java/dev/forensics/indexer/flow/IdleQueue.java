package dev.forensics.indexer.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Flows of one idle time-out, in lists by the tick of packet time at which each was last looked at.
 * A packet of a flow touches no list: a flow whose list falls due is either over, or was seen since
 * and moves to the list of that later tick. Each move is paid for by at least one packet.
 *
 * <p>When a flow is released depends on {@link Flow#seenNanos} alone: when the clock reaches {@link
 * #dueNanos(Flow)}, at least the grace and at most one tick more behind the time-out. So nobody can
 * see in a flow who else is in the queue, nor how often the clock was moved.
 */
final class IdleQueue {
  /** How many ticks a time-out with its grace has at most. */
  private static final int TICKS = 512;

  private final long timeoutNanos;
  private final long waitNanos;
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
   * @param graceNanos how much longer a flow is kept, for packets that come late
   */
  IdleQueue(long timeoutNanos, long graceNanos) {
    this.timeoutNanos = timeoutNanos;
    waitNanos = timeoutNanos + graceNanos;
    int bits = 0;
    while ((waitNanos >> bits) > TICKS) {
      bits++;
    }
    shift = bits;
    heads = new QueueLink[Integer.highestOneBit((int) (waitNanos >> bits) + 3) * 2];
    Arrays.setAll(heads, i -> new QueueLink());
    for (QueueLink head : heads) {
      head.becomeHead();
    }
  }

  int size() {
    return size;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  /** The first clock at which {@link #expire} has something to look at. */
  long dueNanos() {
    return size == 0 ? Long.MAX_VALUE : dueNanos(oldestTick);
  }

  /** The first clock at which {@link #expire} finds that this flow is over. */
  long dueNanos(Flow flow) {
    return dueNanos(tick(flow));
  }

  private long dueNanos(long tick) {
    return ((tick + 1) << shift) + waitNanos;
  }

  private long tick(Flow flow) {
    return flow.seenNanos >> shift;
  }

  /** Adds a flow. */
  void add(Flow flow) {
    long tick = tick(flow);
    oldestTick = size == 0 ? tick : Math.min(tick, oldestTick);
    evictionTick = size == 0 ? tick : Math.min(tick, evictionTick);
    flow.seenAgain = false;
    flow.appendTo(head(tick));
    size++;
  }

  /** Takes a flow out. */
  void remove(Flow flow) {
    flow.unlink();
    size--;
  }

  /** Hands over the flows that fell due by this clock. */
  void expire(long clockNanos, Expiry expiry) {
    int lists = 0;
    while (size > 0 && dueNanos() <= clockNanos && lists++ <= heads.length) {
      examine(oldestTick, clockNanos, expiry);
      oldestTick++;
    }
    if (lists > heads.length) {
      // All were looked at, and none that is left is due: the clock went far ahead.
      oldestTick = Math.max(oldestTick, (clockNanos - waitNanos) >> shift);
    }
    evictionTick = Math.max(evictionTick, oldestTick);
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
      if (dueNanos(flow) <= clockNanos) {
        remove(flow);
        expiry.expired(flow);
      } else if (tick(flow) > tick) {
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
    for (int looks = heads.length + 2 * size; true; looks--) {
      if (looks == 0) {
        evictionTick = relinkAll(); // nothing for long: a flow was seen far ahead of the clock
        looks = heads.length + 2 * size;
      }
      QueueLink head = head(evictionTick);
      if (head.next == head) {
        evictionTick++;
        continue;
      }
      Flow flow = (Flow) head.next;
      if (!flow.seenAgain && tick(flow) == evictionTick) {
        return flow;
      }
      relink(flow);
    }
  }

  /** Puts every flow where it was last seen; gives the earliest tick of them. */
  private long relinkAll() {
    List<Flow> flows = new ArrayList<>(size);
    forEach(flows::add);
    long first = Long.MAX_VALUE;
    for (Flow flow : flows) {
      relink(flow);
      first = Math.min(first, tick(flow));
    }
    return first;
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
    flow.appendTo(head(tick(flow)));
  }

  private QueueLink head(long tick) {
    return heads[(int) tick & (heads.length - 1)];
  }
}
