package dev.forensics.indexer.decode;

/**
 * The direction-free hash of a flow's key. Each end is mixed on its own and the two are added, so
 * that both directions meet in the same value. Whoever does not know the seed cannot choose
 * addresses and ports that meet in one place, not even with the freedom of IPv6.
 */
public final class FlowHash {
  private static final long A = 0x9E3779B97F4A7C15L;
  private static final long B = 0xD6E8FEB86659FD93L;
  private static final long C = 0xC2B2AE3D27D4EB4FL;

  private FlowHash() {}

  /**
   * Sets the hashes of a packet whose key is complete.
   *
   * @param seed secret where packets may come from an attacker
   */
  public static void set(DecodedPacket packet, long seed) {
    long source = end(packet.sourceHigh, packet.sourceLow, packet.sourcePort, seed);
    long destination =
        end(packet.destinationHigh, packet.destinationLow, packet.destinationPort, seed);
    packet.sourceHash = source;
    packet.flowHash = (int) mix(source + destination + (packet.protocol + 1) * C);
  }

  /** Hash of one end; IPv4 (high is 0) is spared the second round. */
  static long end(long high, long low, int port, long seed) {
    long h = (low ^ seed) + port * C;
    return mix(high == 0 ? h : h + mix(high ^ seed));
  }

  private static long mix(long value) {
    long h = value * A;
    h ^= h >>> 32;
    h *= B;
    return h ^ (h >>> 32);
  }
}
