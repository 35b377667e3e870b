package dev.forensics.indexer.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What falls due in a table's flows: each flow is in the {@link IdleQueue} of its idle time-out,
 * and some wait for a {@link Deadline}.
 *
 * <p>A flow's own packets tell when it ends and when its deadline passes. The sensor's clock only
 * tells when nobody has to wait for such a packet any more: {@value #GRACE_NANOS} ns later, since
 * packets may come that much behind the clock.
 */
final class FlowQueues {
  /** A packet that is at most so far behind the clock is in time, in nanoseconds. */
  static final long GRACE_NANOS = 1_000_000_000L;

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
  private final DeadlineHeap deadlines = new DeadlineHeap();
  private long idleDueNanos = Long.MAX_VALUE;

  FlowQueues(FlowSettings settings) {
    tcpQueue = new IdleQueue(settings.tcpIdle().toNanos(), GRACE_NANOS);
    udpQueue = new IdleQueue(settings.udpIdle().toNanos(), GRACE_NANOS);
    icmpQueue = new IdleQueue(settings.icmpIdle().toNanos(), GRACE_NANOS);
    otherQueue = new IdleQueue(settings.otherIdle().toNanos(), GRACE_NANOS);
    closedQueue = new IdleQueue(settings.closedLinger().toNanos(), GRACE_NANOS);
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

  /** Adds a flow that was just seen. */
  void add(Flow flow) {
    IdleQueue queue = queue(flow);
    queue.add(flow);
    idleDueNanos = Math.min(idleDueNanos, queue.dueNanos());
  }

  /** Moves a flow that was just seen: it has been marked as closed. */
  void closed(Flow flow) {
    tcpQueue.remove(flow);
    add(flow);
  }

  /** Moves a flow that was just seen: it is not marked as closed any more. */
  void opened(Flow flow) {
    closedQueue.remove(flow);
    add(flow);
  }

  /** Moves a flow to others, with what it waits for; its times may have changed. */
  void moveTo(FlowQueues others, Flow flow) {
    remove(flow);
    others.add(flow);
    Deadline deadline = flow.deadline;
    if (deadline != null && deadline.place >= 0) {
      deadlines.remove(deadline);
      others.addDeadline(deadline);
    }
  }

  /** Takes a flow out; its deadline stays. */
  void remove(Flow flow) {
    queue(flow).remove(flow);
  }

  /**
   * True when a packet is too late for a flow.
   *
   * @param timeNanos the packet's time
   * @param seenNanos the packet's time, or the clock where the packet is far behind it
   */
  boolean isOver(Flow flow, long timeNanos, long seenNanos) {
    long timeout = queue(flow).timeoutNanos();
    return timeNanos - flow.lastNanos > timeout || seenNanos - flow.seenNanos > timeout;
  }

  /** True when the clock is past the flow's time-out, without any grace. */
  boolean isPast(Flow flow, long clockNanos) {
    return clockNanos - flow.seenNanos > queue(flow).timeoutNanos();
  }

  /** The last moment at which a packet would have belonged to the flow. */
  long lastMomentNanos(Flow flow) {
    return flow.lastNanos + queue(flow).timeoutNanos();
  }

  /** The first clock at which {@link #expire} finds that this flow is over. */
  long dueNanos(Flow flow) {
    return queue(flow).dueNanos(flow);
  }

  /** The first clock at which something falls due. */
  long dueNanos() {
    return Math.min(idleDueNanos, deadlines.nextNanos());
  }

  /** Takes in the deadline that an observer has set for a flow. */
  void addDeadline(Deadline deadline) {
    Flow flow = deadline.flow;
    deadline.releaseNanos = deadline.dueNanos + flow.seenNanos - flow.lastNanos + GRACE_NANOS;
    deadlines.add(deadline);
  }

  /** The flow that waits for the first deadline released by this clock; null when there is none. */
  Flow waitsFirst(long clockNanos) {
    return deadlines.nextNanos() <= clockNanos ? deadlines.first().flow : null;
  }

  /** The flow waits no longer. */
  void removeDeadline(Deadline deadline) {
    if (deadline.place >= 0) {
      deadlines.remove(deadline);
    }
    deadline.flow.deadline = null;
  }

  /** Hands over the flows that fell due by this clock. */
  void expire(long clockNanos, IdleQueue.Expiry expiry) {
    if (clockNanos < idleDueNanos) {
      return;
    }
    for (IdleQueue queue : queues) {
      queue.expire(clockNanos, expiry);
    }
    noteDue();
  }

  private void noteDue() {
    idleDueNanos = Long.MAX_VALUE;
    for (IdleQueue queue : queues) {
      idleDueNanos = Math.min(idleDueNanos, queue.dueNanos());
    }
  }

  /** The clock went back: no flow was seen later than this, and what waits waits as long as now. */
  void setBack(long clockNanos) {
    List<Flow> flows = new ArrayList<>();
    forEach(flows::add);
    flows.forEach(this::remove);
    for (Flow flow : flows) {
      flow.setBack(Math.max(0, flow.seenNanos - clockNanos));
      add(flow);
    }
    deadlines.sort();
    noteDue();
  }

  /** The flow that was not seen for the longest time; null when there is none. */
  Flow leastRecentlySeen() {
    Flow oldest = null;
    for (IdleQueue queue : queues) {
      Flow candidate = queue.leastRecentlySeen();
      if (oldest == null || (candidate != null && candidate.seenNanos < oldest.seenNanos)) {
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
