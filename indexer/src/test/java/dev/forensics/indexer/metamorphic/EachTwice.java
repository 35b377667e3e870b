package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Every packet and, right behind it, its copy from behind a router: the time to live is one less.
 */
record EachTwice() implements Transform {
  /** The copies are counted, and nothing else. */
  private static final Statement COPIES =
      Statement.fields("forensics.quality.duplicates", "forensics.packets.count");

  @Override
  public String name() {
    return "each packet twice";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<TestPacket> all = new ArrayList<>();
    for (TestPacket p : traffic.packets()) {
      all.add(p);
      if (Frames.isIp(p)) {
        all.add(routed(p));
      }
    }
    Statement statement = COPIES.or(UnprovenPause.of(traffic));
    return Optional.of(Variant.of(traffic.with(name(), all), View.DOCUMENTS, statement));
  }

  private static TestPacket routed(TestPacket p) {
    byte[] bytes = p.bytes().clone();
    int at = Frames.ETHERNET_BYTES + (Frames.etherType(p) == Frames.IPV4 ? 8 : 7);
    bytes[at] = (byte) (bytes[at] - 1);
    bytes[11] ^= 1; // of the router, no longer of the sender
    return Frames.of(p, bytes, p.originalLength());
  }
}
