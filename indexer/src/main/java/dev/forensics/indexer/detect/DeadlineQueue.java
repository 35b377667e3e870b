package dev.forensics.indexer.detect;

/**
 * Flows that wait for a deadline, in the order in which they began to wait. Since all wait equally
 * long, the first is the next. Linked through the elements: entering and leaving allocate nothing.
 */
final class DeadlineQueue {
  private FlowInspection first;
  private FlowInspection last;

  boolean contains(FlowInspection element) {
    return element.previous != null || first == element;
  }

  /** Packet times may step back; deadlines in the queue do not. */
  void add(FlowInspection element, long deadlineNanos) {
    element.deadlineNanos =
        last == null ? deadlineNanos : Math.max(deadlineNanos, last.deadlineNanos);
    element.previous = last;
    if (last == null) {
      first = element;
    } else {
      last.next = element;
    }
    last = element;
  }

  void remove(FlowInspection element) {
    if (!contains(element)) {
      return;
    }
    if (element.previous == null) {
      first = element.next;
    } else {
      element.previous.next = element.next;
    }
    if (element.next == null) {
      last = element.previous;
    } else {
      element.next.previous = element.previous;
    }
    element.previous = null;
    element.next = null;
  }

  long nextNanos() {
    return first == null ? Long.MAX_VALUE : first.deadlineNanos;
  }

  /** Takes the first element whose deadline is not after this time; null when there is none. */
  FlowInspection poll(long clockNanos) {
    if (first == null || first.deadlineNanos > clockNanos) {
      return null;
    }
    FlowInspection element = first;
    remove(element);
    return element;
  }
}
