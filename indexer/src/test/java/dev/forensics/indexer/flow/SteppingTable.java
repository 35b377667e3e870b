package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/** Tells tables of the steps in the clocks of the packets that come, as the reading thread does. */
final class SteppingTable {
  private static final long[] NONE = {};

  private final FlowTable[] tables;
  private long clock = Long.MIN_VALUE;
  private long stepped;

  SteppingTable(FlowTable... tables) {
    this.tables = tables;
  }

  /** All tables hear of a step, one of them has the packet. */
  void packet(DecodedPacket p, int table) {
    if (clock != Long.MIN_VALUE && p.clockNanos - clock > ClockEras.LEAST_STEP_NANOS) {
      stepped += p.clockNanos - clock;
      for (FlowTable one : tables) {
        one.advance(clock);
        one.setForward(stepped, NONE);
        one.advance(p.clockNanos);
      }
    }
    clock = p.clockNanos;
    tables[table].packet(p);
  }

  void packet(DecodedPacket p) {
    packet(p, 0);
  }
}
