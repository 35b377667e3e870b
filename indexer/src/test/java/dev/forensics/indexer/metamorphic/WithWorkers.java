package dev.forensics.indexer.metamorphic;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Another number of threads follows the flows.
 *
 * @param workers 2 or more
 */
record WithWorkers(int workers) implements Transform {
  static List<Transform> all() {
    return List.of(new WithWorkers(2), new WithWorkers(3), new WithWorkers(4));
  }

  @Override
  public String name() {
    return "with %d workers".formatted(workers);
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    return Optional.of(Variant.read(traffic, workers));
  }
}
