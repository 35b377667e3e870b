package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Finds flows by key: open addressing with linear probing, at most half full, deletion by moving
 * later entries back, so it never needs cleaning.
 */
final class FlowIndex {
  private static final int FIRST_CAPACITY = 1 << 10;

  private final boolean vlanInKey;
  private final boolean tunnelInKey;
  private Flow[] flows = new Flow[FIRST_CAPACITY];

  /** Of the flow in the same place: others are passed over without a look at them. */
  private int[] hashes = new int[FIRST_CAPACITY];

  private int size;

  FlowIndex(FlowSettings settings) {
    vlanInKey = settings.vlanInKey();
    tunnelInKey = settings.tunnelInKey();
  }

  /** Hash of the packet's key: the decoder's, and where tags belong to the key, with them. */
  int hash(DecodedPacket p) {
    return vlanInKey || tunnelInKey ? p.flowHash + tags(p) : p.flowHash;
  }

  private int tags(DecodedPacket p) {
    long vlan = vlanInKey ? ((long) p.vlanId << 16) ^ p.innerVlanId : 0;
    long tunnel = tunnelInKey ? (p.tunnelId << 5) ^ p.tunnel.name().hashCode() : 0;
    return (int) (KeyHash.mix(vlan) + KeyHash.mix(tunnel));
  }

  /** Hash of the packet's key, the same for both directions and in every run. */
  long stableHash(DecodedPacket p) {
    long source = KeyHash.endpoint(p.sourceHigh, p.sourceLow, p.sourcePort, 0);
    long destination = KeyHash.endpoint(p.destinationHigh, p.destinationLow, p.destinationPort, 0);
    return KeyHash.key(source, destination, p.ipVersion, p.protocol)
        + (vlanInKey || tunnelInKey ? tags(p) : 0);
  }

  /** The flow of this packet's key, or null. */
  Flow find(DecodedPacket p, int hash) {
    int mask = flows.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      Flow flow = flows[i];
      if (flow == null || (hashes[i] == hash && matches(flow, p))) {
        return flow;
      }
    }
  }

  private boolean matches(Flow flow, DecodedPacket p) {
    if (flow.protocol != p.protocol || flow.ipVersion != p.ipVersion) {
      return false;
    }
    if (vlanInKey && (flow.vlanId != p.vlanId || flow.innerVlanId != p.innerVlanId)) {
      return false;
    }
    if (tunnelInKey && (flow.tunnel != p.tunnel || flow.tunnelId != p.tunnelId)) {
      return false;
    }
    return fromOriginator(flow, p) ? toResponder(flow, p) : reversed(flow, p);
  }

  /** True when the packet's source is the flow's originator. */
  static boolean fromOriginator(Flow flow, DecodedPacket p) {
    return flow.originatorLow == p.sourceLow
        && flow.originatorPort == p.sourcePort
        && flow.originatorHigh == p.sourceHigh;
  }

  private static boolean toResponder(Flow flow, DecodedPacket p) {
    return flow.responderLow == p.destinationLow
        && flow.responderPort == p.destinationPort
        && flow.responderHigh == p.destinationHigh;
  }

  private static boolean reversed(Flow flow, DecodedPacket p) {
    return flow.responderLow == p.sourceLow
        && flow.responderPort == p.sourcePort
        && flow.responderHigh == p.sourceHigh
        && flow.originatorLow == p.destinationLow
        && flow.originatorPort == p.destinationPort
        && flow.originatorHigh == p.destinationHigh;
  }

  /** Adds a flow whose key is not in the index. */
  void add(Flow flow, int hash) {
    if (size * 2 >= flows.length) {
      grow();
    }
    flow.keyHash = hash;
    put(flow, hash);
    size++;
  }

  private void put(Flow flow, int hash) {
    int mask = flows.length - 1;
    int i = hash & mask;
    while (flows[i] != null) {
      i = (i + 1) & mask;
    }
    flows[i] = flow;
    hashes[i] = hash;
  }

  private void grow() {
    Flow[] old = flows;
    int[] oldHashes = hashes;
    flows = new Flow[old.length * 2];
    hashes = new int[old.length * 2];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        put(old[i], oldHashes[i]);
      }
    }
  }

  /** Removes a flow that is in the index. */
  void remove(Flow flow) {
    int mask = flows.length - 1;
    int hole = flow.keyHash & mask;
    while (flows[hole] != flow) {
      hole = (hole + 1) & mask;
    }
    for (int i = (hole + 1) & mask; flows[i] != null; i = (i + 1) & mask) {
      int home = hashes[i] & mask;
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        flows[hole] = flows[i];
        hashes[hole] = hashes[i];
        hole = i;
      }
    }
    flows[hole] = null;
    size--;
  }
}
