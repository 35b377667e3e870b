package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Every packet and, right behind it, the very same once more: a mirror port for both directions.
 */
record EachAgain() implements Transform {
  /**
   * Without an IP identification a copy may be a packet that was sent again, so it counts as one;
   * what was said, by whom and with what outcome, stays. Datagrams of one side are measured one
   * behind the other.
   */
  private static final Statement COUNTS =
      Statement.fields(
          "network.bytes",
          "network.packets",
          "source.bytes",
          "source.packets",
          "destination.bytes",
          "destination.packets",
          "client.bytes",
          "client.packets",
          "server.bytes",
          "server.packets",
          "forensics.packets.count",
          "forensics.flow.history",
          "forensics.quality.duplicates",
          "forensics.quality.retransmitted_bytes",
          "forensics.quality.out_of_order",
          "forensics.payload.*",
          "forensics.quality.gap_bytes",
          "dns.answers",
          "forensics.dns.queries",
          "forensics.dns.responses",
          "forensics.quic.unopened");

  @Override
  public String name() {
    return "each packet again";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<TestPacket> all = new ArrayList<>();
    for (TestPacket p : traffic.packets()) {
      all.add(p);
      all.add(p);
    }
    Statement statement = COUNTS.or(UnprovenPause.of(traffic));
    return Optional.of(Variant.of(traffic.with(name(), all), View.DOCUMENTS, statement));
  }
}
