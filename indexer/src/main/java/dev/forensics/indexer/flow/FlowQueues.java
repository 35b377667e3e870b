package dev.forensics.indexer.flow;

import java.util.Arrays;
import java.util.function.Consumer;

/** All flows of a table, each in the {@link IdleQueue} of its idle time-out. */
final class FlowQueues {
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;

  private final IdleQueue tcpQueue;
  private final IdleQueue udpQueue;
  private final IdleQueue icmpQueue;
  private final IdleQueue otherQueue;
  private final IdleQueue closedQueue;
  private final IdleQueue[] queues;
  private long dueNanos = Long.MAX_VALUE;

  FlowQueues(FlowSettings settings) {
    tcpQueue = new IdleQueue(settings.tcpIdle().toNanos());
    udpQueue = new IdleQueue(settings.udpIdle().toNanos());
    icmpQueue = new IdleQueue(settings.icmpIdle().toNanos());
    otherQueue = new IdleQueue(settings.otherIdle().toNanos());
    closedQueue = new IdleQueue(settings.closedLinger().toNanos());
    queues = new IdleQueue[] {tcpQueue, udpQueue, icmpQueue, otherQueue, closedQueue};
  }

  private IdleQueue queue(Flow flow) {
    return switch (flow.protocol) {
      case TCP -> (flow.marks & Marks.CLOSED) == 0 ? tcpQueue : closedQueue;
      case UDP -> udpQueue;
      case ICMP, ICMPV6 -> icmpQueue;
      default -> otherQueue;
    };
  }

  /** Adds a flow that was just seen; its lastClockNanos is the table's clock. */
  void add(Flow flow) {
    IdleQueue queue = queue(flow);
    queue.add(flow);
    dueNanos = Math.min(dueNanos, queue.dueNanos());
  }

  /** Moves a flow that was just seen: it has been marked as closed. */
  void closed(Flow flow) {
    tcpQueue.remove(flow);
    add(flow);
  }

  /** Takes a flow out. */
  void remove(Flow flow) {
    queue(flow).remove(flow);
  }

  /** True when the flow's time-out has passed since its latest packet. */
  boolean isOver(Flow flow, long clockNanos) {
    return queue(flow).over(flow, clockNanos);
  }

  /** The first clock at which {@link #expire} finds that this flow is over. */
  long dueNanos(Flow flow) {
    return queue(flow).dueNanos(flow);
  }

  /** Hands over the flows whose tick fell due and that are over. */
  void expire(long clockNanos, IdleQueue.Expiry expiry) {
    if (clockNanos < dueNanos) {
      return;
    }
    for (IdleQueue queue : queues) {
      queue.expire(clockNanos, expiry);
    }
    dueNanos = Arrays.stream(queues).mapToLong(IdleQueue::dueNanos).min().orElseThrow();
  }

  /** Hands over every flow that is over, those of a tick not yet due included. */
  void expireExactly(long clockNanos, IdleQueue.Expiry expiry) {
    for (IdleQueue queue : queues) {
      queue.expireExactly(clockNanos, expiry);
    }
  }

  /** The flow that was not seen for the longest time; null when there is none. */
  Flow leastRecentlySeen() {
    Flow oldest = null;
    for (IdleQueue queue : queues) {
      Flow candidate = queue.leastRecentlySeen();
      if (oldest == null
          || (candidate != null && candidate.lastClockNanos < oldest.lastClockNanos)) {
        oldest = candidate;
      }
    }
    return oldest;
  }

  /** A flow to be ended when all are: queue by queue, the least recently seen first; or null. */
  Flow first() {
    for (IdleQueue queue : queues) {
      if (queue.size() > 0) {
        return queue.leastRecentlySeen();
      }
    }
    return null;
  }

  /** Shows every flow; the consumer must not end any. */
  void forEach(Consumer<Flow> consumer) {
    for (IdleQueue queue : queues) {
      queue.forEach(consumer);
    }
  }
}
