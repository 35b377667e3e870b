package dev.forensics.indexer.metamorphic;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A way to capture, store or read the same traffic. Its file states what that may change about
 * documents, and nowhere else is anything stated.
 */
interface Transform {
  /** Short, unique among all transforms. */
  String name();

  /**
   * Applies it.
   *
   * @param traffic at least one packet
   * @param random all choices are made by it
   * @return nothing when it has no meaning for these packets
   */
  Optional<Variant> of(Traffic traffic, SplittableRandom random);
}
