package dev.forensics.indexer.live;

/**
 * What libpcap counted. Packets received and not dropped are in the files, but for those that the
 * kernel's buffer still holds.
 *
 * @param received packets that passed the filter
 * @param dropped of these, the ones for which the kernel's buffer had no room
 * @param droppedByInterface packets that the network card or its driver gave up
 */
public record PacketCounts(long received, long dropped, long droppedByInterface) {
  static final PacketCounts NONE = new PacketCounts(0, 0, 0);

  private static final long UNSIGNED_INT = 0xFFFFFFFFL;

  /** Packets that libpcap has handed over or will. */
  long captured() {
    return received - dropped;
  }

  PacketCounts minus(PacketCounts before) {
    return new PacketCounts(
        received - before.received,
        dropped - before.dropped,
        droppedByInterface - before.droppedByInterface);
  }

  /**
   * Goes on counting past 32 bits, where libpcap begins at 0 again.
   *
   * @param counters libpcap's 32-bit counters, read before they could wrap twice
   */
  PacketCounts advancedTo(PacketCounts counters) {
    return new PacketCounts(
        advance(received, counters.received),
        advance(dropped, counters.dropped),
        advance(droppedByInterface, counters.droppedByInterface));
  }

  private static long advance(long count, long counter) {
    return count + ((counter - count) & UNSIGNED_INT);
  }
}
