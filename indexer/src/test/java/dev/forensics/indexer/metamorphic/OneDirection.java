package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Only what one of two addresses sent to the other: asymmetric routing, or a tap on one fibre.
 *
 * @param firstSender the direction of the first packet between the two, or the other one
 */
record OneDirection(boolean firstSender) implements Transform {
  static List<Transform> all() {
    return List.of(new OneDirection(true), new OneDirection(false));
  }

  @Override
  public String name() {
    return firstSender ? "only the first sender's packets" : "only the second sender's packets";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    Decoded decoded = new Decoded();
    Map<String, String> first = new HashMap<>();
    List<TestPacket> kept = new ArrayList<>();
    for (TestPacket p : traffic.packets()) {
      decoded.decode(p);
      String source = decoded.source();
      if (source == null
          || source.equals(first.computeIfAbsent(decoded.pair(), pair -> source)) == firstSender) {
        kept.add(p);
      }
    }
    Traffic half = traffic.with(name(), kept);
    return kept.isEmpty() || kept.size() == traffic.packets().size()
        ? Optional.empty()
        : Optional.of(Variant.of(half, View.CONVERSATIONS, LessIsKnown.of(traffic, half)));
  }
}
