package dev.forensics.indexer.decode;

/**
 * The flow that a packet belongs to if its payload is no tunnel after all. A tunnel is recognized
 * by port and by what its header must look like, which can be wrong; the outer flow must not be
 * lost for it.
 */
final class OuterFlow {
  private final DecodedPacket saved = new DecodedPacket();
  private boolean held;

  void clear() {
    held = false;
  }

  /** Remembers the packet as decoded so far, complete but for its hash. */
  void save(DecodedPacket packet) {
    saved.copyFrom(packet);
    held = true;
  }

  /**
   * Puts the remembered packet back, unless the stop has to stand: a held or refused inner fragment
   * would be counted twice, nesting past the bound is no doubtful tunnel, and an inner packet cut
   * before its flow is known is no packet of the outer flow.
   */
  boolean restore(DecodedPacket packet) {
    boolean stands =
        switch (packet.stopReason) {
          case FRAGMENT_HELD, FRAGMENT_REFUSED, TOO_DEEP -> true;
          case TRUNCATED -> isBehindInnerIp(packet);
          default -> false;
        };
    if (!held || stands) {
      return false;
    }
    packet.copyFrom(saved);
    return true;
  }

  /** The header that was cut stands behind an IP header within the tunnel. */
  private boolean isBehindInnerIp(DecodedPacket packet) {
    return switch (packet.stopLayer) {
      case TCP, UDP, SCTP, ICMP, AH, IPV6_EXTENSION -> packet.tunnelDepth > saved.tunnelDepth;
      default -> false;
    };
  }
}
