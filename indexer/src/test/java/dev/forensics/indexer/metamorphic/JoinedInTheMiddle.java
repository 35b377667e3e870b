package dev.forensics.indexer.metamorphic;

import java.util.Optional;
import java.util.SplittableRandom;

/** The first packets are missing: the capture began later. */
record JoinedInTheMiddle() implements Transform {
  @Override
  public String name() {
    return "joined in the middle";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    int size = traffic.packets().size();
    if (size < 2) {
      return Optional.empty();
    }
    int missing = random.nextInt(1, size);
    Traffic rest =
        traffic.with(name() + " (" + missing + ")", traffic.packets().subList(missing, size));
    return Optional.of(Variant.of(rest, View.CONVERSATIONS, LessIsKnown.of(traffic, rest)));
  }
}
