package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Unrelated packets in between, at any time from the first packet to the last; none where time goes
 * back ({@link Borders}), since they would be witnesses of a time that is astray.
 */
record WithStrangers() implements Transform {
  @Override
  public String name() {
    return "with strangers in between";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<TestPacket> all = new ArrayList<>();
    long clock = traffic.packets().get(0).nanos();
    Borders borders = new Borders(traffic.packets());
    for (int at = 0; at < traffic.packets().size(); at++) {
      TestPacket p = traffic.packets().get(at);
      long next = Math.max(clock, p.nanos());
      for (int i = random.nextInt(3); i > 0 && next > clock && borders.isOpen(at); i--) {
        clock += random.nextLong((next - clock) / i + 1);
        all.add(Strangers.any(random, clock));
      }
      all.add(p);
      clock = next;
    }
    Traffic between = traffic.with(name(), all);
    Statement statement = Strangers.ADDED.or(UnprovenPause.of(traffic));
    return Optional.of(Variant.of(between, View.DOCUMENTS, statement));
  }
}
