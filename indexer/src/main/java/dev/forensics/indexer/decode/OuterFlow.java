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
   * would be counted twice, and nesting past the bound is no doubtful tunnel.
   */
  boolean restore(DecodedPacket packet) {
    boolean stands =
        switch (packet.stopReason) {
          case FRAGMENT_HELD, FRAGMENT_REFUSED, TOO_DEEP -> true;
          default -> false;
        };
    if (!held || stands) {
      return false;
    }
    packet.copyFrom(saved);
    return true;
  }
}
