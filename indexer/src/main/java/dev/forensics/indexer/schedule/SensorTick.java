package dev.forensics.indexer.schedule;

/** What is done for a sensor each time its schedule says so. */
@FunctionalInterface
public interface SensorTick {
  /**
   * Reads what is new. Never called twice at once for the same sensor, on whichever node.
   *
   * @throws Exception when the tick could not be finished; the next one tries again
   */
  void tick() throws Exception;

  /** Another node is to read this sensor, or the service ends: lets go of everything. */
  default void release() {}
}
