package dev.forensics.indexer.detect.mtproto;

import java.util.List;

/** Keys of a connection for the documents' tests: the second followed the first. */
public final class SampleKeys {
  private static final long SECOND = 1_000_000_000L;

  private SampleKeys() {}

  /**
   * Two keys, one after the other.
   *
   * @param startNanos packet time of the first message
   */
  public static List<MtprotoKey> two(long startNanos) {
    MtprotoKey first = new MtprotoKey(0xa1b2c3d4e5f60718L, startNanos, false, null);
    first.lastNanos = startNanos + SECOND;
    first.replaced = true;
    MtprotoKey second = new MtprotoKey(0x18f6e5d4c3b2a100L, startNanos + 3 * SECOND, true, first);
    second.lastNanos = startNanos + 4 * SECOND;
    return List.of(first, second);
  }
}
