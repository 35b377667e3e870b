package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.BlockPool;
import java.util.ArrayDeque;

/**
 * Lends blocks to the reading thread while the workers still look at earlier ones. Bounded: when
 * all blocks are under way the reading thread waits for the workers.
 */
final class BatchBlocks implements BlockPool {
  /** Length of an ordinary block; a record longer than that gets a block of its own. */
  static final int BLOCK_BYTES = 512 * 1024;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();
  private final Dispatch dispatch;
  private final int limit;
  private int lent;

  /** What the pool asks of the reading thread's side. */
  interface Dispatch {
    /** Sends what was read so far to the workers, so that its blocks can come back. */
    void flush();

    /** Remembers that this block goes back once the current batch is done. */
    void releaseAfterCurrentBatch(byte[] block);
  }

  /**
   * @param limit blocks under way at most, more than the number of open readers
   */
  BatchBlocks(int limit, Dispatch dispatch) {
    this.limit = limit;
    this.dispatch = dispatch;
  }

  @Override
  public byte[] take(int minBytes) {
    if (isExhausted()) {
      dispatch.flush();
    }
    return lend(Math.max(minBytes, BLOCK_BYTES));
  }

  @Override
  public void retire(byte[] block) {
    dispatch.releaseAfterCurrentBatch(block);
  }

  /** A block nobody refers to any more comes back. Called by workers. */
  synchronized void release(byte[] block) {
    lent--;
    if (block.length == BLOCK_BYTES) {
      free.push(block);
    }
    notifyAll();
  }

  /** Ordinary blocks that were made, in bytes: under way, or ready to be filled again. */
  synchronized long heldBytes() {
    return (long) (lent + free.size()) * BLOCK_BYTES;
  }

  /** What {@link #heldBytes} may become. */
  long limitBytes() {
    return (long) limit * BLOCK_BYTES;
  }

  private synchronized boolean isExhausted() {
    return lent >= limit;
  }

  private synchronized byte[] lend(int bytes) {
    while (lent >= limit) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PipelineException("interrupted while waiting for the flow workers", e);
      }
    }
    lent++;
    byte[] block = bytes == BLOCK_BYTES ? free.poll() : null;
    return block != null ? block : new byte[bytes];
  }
}
