package dev.forensics.indexer.decode;

import java.time.Duration;

/**
 * Bounds of IP fragment reassembly, for one decoder.
 *
 * @param maxDatagrams datagrams in the making, 1 or more; past it the oldest is given up
 * @param maxBytes bytes of fragments kept, 1 or more; past it the oldest datagrams are given up
 * @param timeout from a datagram's first fragment, by packet time (RFC 1122 asks for 60 to 120 s,
 *     Linux waits 30 s)
 */
public record FragmentLimits(int maxDatagrams, long maxBytes, Duration timeout) {
  /** 4096 datagrams, 16 MiB, 30 s. */
  public static final FragmentLimits DEFAULT =
      new FragmentLimits(4096, 16L << 20, Duration.ofSeconds(30));

  /** Refuses bounds that leave no room for a single fragment. */
  public FragmentLimits {
    if (maxDatagrams < 1 || maxBytes < 1 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("fragment limits have to be positive");
    }
  }
}
