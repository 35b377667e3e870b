package dev.forensics.indexer.flow;

/** That a flow's observer wants to be called though no packet of the flow comes. */
final class Deadline {
  final Flow flow;

  /** Counted by the flow's own packets: it takes effect before a packet of the flow as late. */
  long dueNanos;

  /** The sensor's clock at which it takes effect when no such packet comes. */
  long releaseNanos;

  /** Its place in the heap; -1 while it is in none. */
  int place = -1;

  Deadline(Flow flow, long dueNanos) {
    this.flow = flow;
    this.dueNanos = dueNanos;
  }
}
