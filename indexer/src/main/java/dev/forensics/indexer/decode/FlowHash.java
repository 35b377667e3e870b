package dev.forensics.indexer.decode;

/**
 * The direction-free hash of a flow's key. Each end is mixed on its own and the two are added, so
 * that both directions meet in the same value; the finalizer is the 64-bit one of MurmurHash3.
 */
final class FlowHash {
  private FlowHash() {}

  /**
   * @param seed makes the hash unpredictable to who would fill one bucket on purpose
   */
  static int of(DecodedPacket packet, long seed) {
    long source = end(packet.sourceHigh, packet.sourceLow, packet.sourcePort, seed);
    long destination =
        end(packet.destinationHigh, packet.destinationLow, packet.destinationPort, seed);
    long both = mix(source + destination + (packet.protocol + 1) * 0x9E3779B97F4A7C15L);
    return (int) (both ^ (both >>> 32));
  }

  private static long end(long high, long low, int port, long seed) {
    long address = low ^ Long.rotateLeft(high * 0xC2B2AE3D27D4EB4FL, 29);
    return mix(address ^ seed ^ ((long) port << 47) ^ ((long) port << 32));
  }

  private static long mix(long value) {
    long h = value;
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
