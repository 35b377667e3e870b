package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.FlowTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decoded packets on their way from the reading thread to the flow workers. Every worker sees every
 * batch and takes the packets of its own flows. Reused: the packets are filled again after the last
 * worker is done.
 */
final class PacketBatch {
  /** Packets a batch holds: enough to make the hand-over cheap, few enough to stay in the cache. */
  static final int CAPACITY = 1024;

  final DecodedPacket[] packets = new DecodedPacket[CAPACITY];

  /** Blocks that the reader has left and that no later batch refers to. */
  final List<byte[]> retiredBlocks = new ArrayList<>();

  int count;

  /** The clock at the last packet, as if it had never been set back. */
  long momentNanos;

  /** How far the clock's steps have set it forward; see {@link FlowTable#setForward}. */
  long steppedNanos;

  /** Where undecided packets show steps to. */
  long[] ahead;

  private final AtomicInteger workersLeft = new AtomicInteger();

  PacketBatch() {
    for (int i = 0; i < CAPACITY; i++) {
      packets[i] = new DecodedPacket();
    }
  }

  boolean isFull() {
    return count == CAPACITY;
  }

  boolean isEmpty() {
    return count == 0 && retiredBlocks.isEmpty();
  }

  /** Makes the batch ready to be sent to this many workers. */
  void send(int workers, long moment) {
    momentNanos = moment;
    workersLeft.set(workers);
  }

  /** A worker is done with it. True for the last one. */
  boolean done() {
    return workersLeft.decrementAndGet() == 0;
  }

  void clear() {
    count = 0;
    retiredBlocks.clear();
  }
}
