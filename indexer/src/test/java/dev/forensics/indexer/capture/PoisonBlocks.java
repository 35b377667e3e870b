package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Spoils every block that is given back, and sees to it that all are. */
final class PoisonBlocks implements BlockPool {
  private final Set<byte[]> lent = Collections.newSetFromMap(new IdentityHashMap<>());
  private int most;

  @Override
  public byte[] take(int minBytes) {
    byte[] block = new byte[minBytes];
    Arrays.fill(block, (byte) 0xEE);
    lent.add(block);
    most = Math.max(most, lent.size());
    return block;
  }

  @Override
  public void retire(byte[] block) {
    assertThat(lent.remove(block)).as("the block was lent and not given back before").isTrue();
    Arrays.fill(block, (byte) 0xEE);
  }

  int lent() {
    return lent.size();
  }

  /** The most blocks that were lent at a time. */
  int most() {
    return most;
  }
}
