package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.decode.DecodedPacket;

/** Hears how far all flow workers of a sensor are; by one thread at a time. */
interface WorkersProgress {
  /** Nobody wants to know. */
  WorkersProgress UNHEARD =
      new WorkersProgress() {
        @Override
        public void passed(DecodedPacket last, long momentNanos) {
          // nobody wants to know
        }

        @Override
        public void settled() {
          // nobody wants to know
        }
      };

  /** The same, with a look at the memory used after each batch. */
  static WorkersProgress sampling(MemoryUsed used, WorkersProgress progress) {
    return new WorkersProgress() {
      @Override
      public void passed(DecodedPacket last, long momentNanos) {
        used.sample();
        progress.passed(last, momentNanos);
      }

      @Override
      public void settled() {
        progress.settled();
      }
    };
  }

  /**
   * Every worker has dealt with the packets up to this one and has moved its clock to it.
   *
   * @param momentNanos the clock, as if it had never been set back
   */
  void passed(DecodedPacket last, long momentNanos);

  /** Every worker has done a task and has nothing to do. */
  void settled();
}
