package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Hears what happens in the flows of one worker, on that worker's thread. Buffers are valid during
 * the call only. All times are packet time in nanoseconds since the epoch.
 */
public interface FlowObserver {
  /**
   * A flow began with this packet, which its sides do not count yet; its payload follows by {@link
   * #payload}. In a replay a flow can begin with a segment above 1.
   */
  void flowStarted(Flow flow, DecodedPacket first);

  /**
   * Payload, each byte once: TCP in sequence order, other transports one call a datagram.
   *
   * @param offset in bytes from the start of buffer
   * @param length in bytes, at least 1
   * @param timestampNanos time of the packet that carried the first of these bytes
   */
  void payload(
      Flow flow, Direction direction, byte[] buffer, int offset, int length, long timestampNanos);

  /**
   * Payload that will never come: lost, cut by snaplen, or given up by the reassembly.
   *
   * @param lengthBytes how many bytes are missing at this place of the direction's stream
   */
  void gap(Flow flow, Direction direction, long lengthBytes, long timestampNanos);

  /**
   * Other bytes came for sequence numbers whose bytes were accepted, or kept, before; those stay.
   * Told of the first eight conflicts of a direction in each segment of a flow.
   */
  default void conflict(Flow flow, StreamConflict conflict) {}

  /** The connection moved on: established, a FIN or a RST; {@link Flow#connectionState} tells. */
  void connectionChanged(Flow flow, Direction by, long timestampNanos);

  /**
   * The flow, or a segment of it, ended; {@link Flow#endReason} tells why. With ACTIVE the same
   * instance goes on as the next segment once the call returns: counters begin again from zero, TCP
   * state, attachment and what was refused stay, and no {@link #flowStarted} follows. With any
   * other reason it is the last call for the flow.
   */
  void flowEnded(Flow flow);

  /**
   * The flow is dropped without a trace, since its end was reported before the crash that a replay
   * recovers from. The last call for it.
   */
  default void flowForgotten(Flow flow) {}

  /**
   * What the observer needs to go on with a flow whose next segment begins now, should that be in
   * another process; null when nothing.
   */
  default byte[] segmentState(Flow flow) {
    return null;
  }

  /** A replayed segment above 1 began, for which {@link #segmentState} had answered this. */
  default void segmentResumed(Flow flow, byte[] state) {}

  /**
   * The deadline that was set by {@link Flow#waitUntil} has passed: no packet of the flow that is
   * as late was looked at, nor has the flow ended before. The flow waits no longer.
   *
   * @param dueNanos the deadline; it does not depend on when somebody looked
   */
  default void deadlinePassed(Flow flow, long dueNanos) {}
}
