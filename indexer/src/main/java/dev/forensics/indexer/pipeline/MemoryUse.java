package dev.forensics.indexer.pipeline;

/**
 * What one kind of a sensor's state takes in memory, roughly, as its owner charges it.
 *
 * @param bytes now
 * @param peak the most that was seen
 * @param limit what it may take
 */
public record MemoryUse(long bytes, long peak, long limit) {
  /** Nobody keeps anything. */
  public static final MemoryUse NONE = new MemoryUse(0, 0, 0);

  MemoryUse plus(MemoryUse other) {
    return new MemoryUse(bytes + other.bytes, peak + other.peak, limit + other.limit);
  }
}
