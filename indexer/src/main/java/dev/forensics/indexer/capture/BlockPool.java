package dev.forensics.indexer.capture;

/**
 * Lends the byte blocks that a {@link CaptureReader} fills. It lets a pipeline hand a block's
 * packets to another thread without copying them: the reader goes on in a fresh block meanwhile.
 */
public interface BlockPool {
  /**
   * Lends a block; may wait until one is free.
   *
   * @param minBytes the least length of the returned array, in bytes
   */
  byte[] take(int minBytes);

  /**
   * Gives a block back: the reader will not touch it again and no later record points into it.
   * Records returned earlier still may.
   */
  void retire(byte[] block);
}
