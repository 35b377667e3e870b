package dev.forensics.indexer.flow;

/**
 * Node of an {@link IdleQueue}'s circular lists. A flow is its own node, so that queueing it
 * allocates nothing; plain instances are the lists' heads.
 */
class QueueLink {
  /** The node before this one; null while it is in no list. */
  QueueLink previous;

  /** The node behind this one; null while it is in no list. */
  QueueLink next;

  QueueLink() {}

  /** Makes this node the head of an empty list. */
  void becomeHead() {
    previous = this;
    next = this;
  }

  /** Appends this node to a list. */
  final void appendTo(QueueLink head) {
    previous = head.previous;
    next = head;
    previous.next = this;
    head.previous = this;
  }

  /** Takes this node out of its list; harmless when it is in none. */
  final void unlink() {
    if (next == null) {
      return;
    }
    previous.next = next;
    next.previous = previous;
    previous = null;
    next = null;
  }
}
