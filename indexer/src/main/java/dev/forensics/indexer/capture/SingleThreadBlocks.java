package dev.forensics.indexer.capture;

import java.util.ArrayDeque;

/**
 * Blocks for a reader whose records are used up before the next one is asked for: a retired block
 * is lent again at once, so a record is valid until the next call of {@link CaptureReader#next}.
 * One reader alternates between two blocks. Not thread-safe.
 */
public final class SingleThreadBlocks implements BlockPool {
  /** Free blocks kept; more appear only when several readers share the pool. */
  private static final int KEPT = 4;

  /** Larger blocks were made for one outsized record and are not kept. */
  private static final int KEPT_BYTES = 4 * BlockCursor.READ_BYTES;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>(KEPT);

  @Override
  public byte[] take(int minBytes) {
    byte[] block = free.pollFirst();
    return block != null && block.length >= minBytes ? block : new byte[minBytes];
  }

  @Override
  public void retire(byte[] block) {
    if (free.size() < KEPT && block.length <= KEPT_BYTES) {
      free.addLast(block);
    }
  }
}
