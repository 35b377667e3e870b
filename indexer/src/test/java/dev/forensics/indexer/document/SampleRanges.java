package dev.forensics.indexer.document;

import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSettings;

/** A flow with more packets than are listed one by one. */
final class SampleRanges {
  private SampleRanges() {}

  static Flow flow() {
    FlowSettings defaults = FlowSettings.defaults();
    FlowSettings few =
        new FlowSettings(
            defaults.maxFlows(),
            defaults.maxBytes(),
            defaults.tcpIdle(),
            defaults.udpIdle(),
            defaults.icmpIdle(),
            defaults.otherIdle(),
            defaults.closedLinger(),
            defaults.active(),
            defaults.reassemblyBytesPerDirection(),
            defaults.reassemblyBytesTotal(),
            2,
            false,
            false);
    RecordedFlow recorded = new RecordedFlow(few);
    for (int i = 0; i < 4; i++) {
      recorded.packet(
          PacketBuilder.ethernet()
              .ipv4("203.0.113.5", "203.0.113.6")
              .udp(5000, 5001)
              .payload("datagram " + i));
    }
    return recorded.end();
  }
}
