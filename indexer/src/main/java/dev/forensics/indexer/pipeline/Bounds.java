package dev.forensics.indexer.pipeline;

/**
 * What is told of the bounds of a sensor's memory.
 *
 * @param reached how often each of them was reached
 * @param used how near it is to them
 */
public record Bounds(BoundsReached reached, MemoryUsed used) {
  /** Nothing is bounded yet. */
  Bounds() {
    this(new BoundsReached(), new MemoryUsed());
  }
}
