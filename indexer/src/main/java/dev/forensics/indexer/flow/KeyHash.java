package dev.forensics.indexer.flow;

/**
 * Hashes of endpoints and keys that are the same in every run. Those by which the table finds its
 * flows are the decoder's, with a secret seed.
 */
final class KeyHash {
  private static final long A = 0x9E3779B97F4A7C15L;
  private static final long B = 0xD6E8FEB86659FD93L;
  private static final long C = 0xC2B2AE3D27D4EB4FL;

  private KeyHash() {}

  /** Mixes all bits of a number into each other. */
  static long mix(long value) {
    long h = value * A;
    h ^= h >>> 32;
    h *= B;
    return h ^ (h >>> 32);
  }

  /** Hash of one endpoint; IPv4 (high is 0) is spared the second round. */
  static long endpoint(long high, long low, int port, long seed) {
    long h = (low ^ seed) + port * C;
    return mix(high == 0 ? h : h + mix(high ^ seed));
  }

  /** Hash of a key, the same for both directions. */
  static long key(long endpoint, long otherEndpoint, int ipVersion, int protocol) {
    return mix(endpoint + otherEndpoint + (((long) ipVersion << 8) | protocol) * C);
  }

  /** Hash of a flow's key, the same in every run. */
  static long stable(Flow flow) {
    return key(
        endpoint(flow.originatorHigh, flow.originatorLow, flow.originatorPort, 0),
        endpoint(flow.responderHigh, flow.responderLow, flow.responderPort, 0),
        flow.ipVersion,
        flow.protocol);
  }
}
