package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** All packets, and then all of them once more, with their times: the same capture joined twice. */
record AppendedToItself() implements Transform {
  @Override
  public String name() {
    return "appended to itself";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<TestPacket> all = new ArrayList<>(traffic.packets());
    all.addAll(traffic.packets());
    Statement counts = Statement.fields("flows");
    return Optional.of(Variant.of(traffic.with(name(), all), View.CONVERSATIONS, counts));
  }
}
