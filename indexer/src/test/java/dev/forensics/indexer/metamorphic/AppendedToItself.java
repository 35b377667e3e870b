package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** All packets, and then all of them once more, with their times: the same capture joined twice. */
record AppendedToItself() implements Transform {
  private static final long EARLIER_NANOS = 10_000_000_000L;

  /** The copies are counted where their flow is still open, and nothing else. */
  private static final Statement COPIES = Statement.fields("forensics.quality.duplicates");

  @Override
  public String name() {
    return "appended to itself";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<TestPacket> all = new ArrayList<>(traffic.packets());
    all.addAll(traffic.packets());
    Set<String> contradicted = contradicted(traffic);
    Statement statement =
        COPIES
            .or(UnprovenPause.of(traffic))
            .or(change -> contradicted.stream().anyMatch(change.about()::contains));
    return Optional.of(Variant.of(traffic.with(name(), all), View.DOCUMENTS, statement));
  }

  /**
   * Ends with a packet behind a pause at the end, whose time is believed until the second half
   * contradicts it, or with one that is much earlier than the first between them, which is not
   * among the times of their flow.
   */
  private static Set<String> contradicted(Traffic traffic) {
    UnprovenPause pause = new UnprovenPause(traffic);
    Map<String, Long> first = new HashMap<>();
    Set<String> ends = new HashSet<>();
    Decoded decoded = new Decoded();
    for (TestPacket packet : traffic.packets()) {
      decoded.decode(packet);
      String between = " " + decoded.ends() + " ";
      long begin = first.computeIfAbsent(between, key -> packet.nanos());
      if (pause.isBehind(packet) || packet.nanos() < begin - EARLIER_NANOS) {
        ends.add(between);
      }
    }
    return ends;
  }
}
