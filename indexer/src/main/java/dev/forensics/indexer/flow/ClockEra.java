package dev.forensics.indexer.flow;

/**
 * Flows that were last seen between two steps of the clock. They live in a time without the steps
 * behind them: what falls due in them falls due later by so much.
 */
final class ClockEra {
  private final FlowQueues queues;
  private final IdleQueue.Expiry expiry;
  private long stepNanos;

  ClockEra(FlowSettings settings, IdleQueue.Expiry expiry) {
    queues = new FlowQueues(settings);
    this.expiry = expiry;
  }

  /** The flows, and what falls due in them by their own time. */
  FlowQueues queues() {
    return queues;
  }

  /** How far the clock was set forward since, in nanoseconds. */
  long stepNanos() {
    return stepNanos;
  }

  /** The clock was set forward by this much, or back where it is below zero. */
  void step(long nanos) {
    stepNanos += nanos;
  }

  /** Nothing was set since now; without flows. */
  void begin() {
    stepNanos = 0;
  }

  /** Hands over the flows that fell due by this clock of the sensor. */
  void expire(long clockNanos) {
    queues.expire(clockNanos - stepNanos, expiry);
  }
}
