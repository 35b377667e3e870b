package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Which time a packet has in its flow when its own is astray. Among packets of other times it has
 * the sensor's; a flow of such packets alone keeps their own.
 */
final class AstrayTime {
  /** Packets of a flow whose own times are not farther apart agree, in nanoseconds. */
  private static final long AGREEING_NANOS = 10_000_000_000L;

  private AstrayTime() {}

  /** The next packet of a known flow is astray: its time becomes that which it has there. */
  static void settle(Flow flow, DecodedPacket p) {
    if (Math.abs(p.timestampNanos - flow.endNanos) > AGREEING_NANOS) {
      p.timestampNanos = p.clockNanos;
      begin(flow, p);
    }
  }

  /** A flow that began with packets astray begins with its first one whose time can be believed. */
  static void begin(Flow flow, DecodedPacket p) {
    if ((flow.marks & Marks.BEGUN_ASTRAY) != 0) {
      flow.marks &= ~Marks.BEGUN_ASTRAY;
      flow.startNanos = p.timestampNanos;
      flow.endNanos = p.timestampNanos;
    }
  }
}
