package dev.forensics.indexer.flow;

import java.time.Duration;

/**
 * Bounds of a {@link FlowTable}. All times are packet time.
 *
 * @param maxFlows how many flows are kept at once; the least recently seen is evicted for one more
 * @param maxBytes how many bytes of memory the flows and what is known of them may take, roughly,
 *     what waits in their streams included; the least recently seen is evicted for more
 * @param tcpIdle a TCP flow without a packet for longer is over
 * @param udpIdle the same for UDP
 * @param icmpIdle the same for ICMP and ICMPv6
 * @param otherIdle the same for all other protocols
 * @param closedLinger how long after its last packet a closed TCP connection is kept, so that late
 *     acknowledgments and retransmissions count in it; also the least silence after which a SYN on
 *     an established connection begins a new one
 * @param active a longer flow is cut into numbered segments on a grid of this width
 * @param reassemblyBytesPerDirection most bytes kept out of order for one direction of a connection
 * @param reassemblyBytesTotal most bytes kept out of order by the whole table
 * @param packetPointers most packets of a segment whose positions are kept one by one, 1..65535
 * @param vlanInKey true when both VLAN ids are part of a flow's key
 * @param tunnelInKey true when the innermost tunnel and its number are part of a flow's key
 */
public record FlowSettings(
    int maxFlows,
    long maxBytes,
    Duration tcpIdle,
    Duration udpIdle,
    Duration icmpIdle,
    Duration otherIdle,
    Duration closedLinger,
    Duration active,
    int reassemblyBytesPerDirection,
    long reassemblyBytesTotal,
    int packetPointers,
    boolean vlanInKey,
    boolean tunnelInKey) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when a number is not in its range, naming it
   */
  public FlowSettings {
    requireRange("maxFlows", maxFlows, 1, 1 << 28);
    requireRange("maxBytes", maxBytes, 1, 1L << 40);
    requireTime("tcpIdle", tcpIdle);
    requireTime("udpIdle", udpIdle);
    requireTime("icmpIdle", icmpIdle);
    requireTime("otherIdle", otherIdle);
    requireTime("closedLinger", closedLinger);
    requireTime("active", active);
    requireRange("reassemblyBytesPerDirection", reassemblyBytesPerDirection, 0, 1 << 30);
    requireRange("reassemblyBytesTotal", reassemblyBytesTotal, 0, 1L << 40);
    requireRange("packetPointers", packetPointers, 1, 65535);
  }

  /**
   * The defaults for one worker: a million flows, 288 MiB for them, which a million without payload
   * take, and 64 MiB of reassembly.
   */
  public static FlowSettings defaults() {
    return new FlowSettings(
        1_000_000,
        288L << 20,
        Duration.ofMinutes(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofHours(1),
        256 << 10,
        64L << 20,
        4096,
        false,
        false);
  }

  /** The same with other bounds in bytes. */
  public FlowSettings withBytes(long newMaxBytes, long newReassemblyBytesTotal) {
    return new FlowSettings(
        maxFlows,
        newMaxBytes,
        tcpIdle,
        udpIdle,
        icmpIdle,
        otherIdle,
        closedLinger,
        active,
        reassemblyBytesPerDirection,
        newReassemblyBytesTotal,
        packetPointers,
        vlanInKey,
        tunnelInKey);
  }

  /** These settings for one of several workers: the bounds of the whole are divided among them. */
  public FlowSettings perWorker(int workers) {
    return new FlowSettings(
        Math.max(1, maxFlows / workers),
        Math.max(1, maxBytes / workers),
        tcpIdle,
        udpIdle,
        icmpIdle,
        otherIdle,
        closedLinger,
        active,
        reassemblyBytesPerDirection,
        reassemblyBytesTotal / workers,
        packetPointers,
        vlanInKey,
        tunnelInKey);
  }

  private static void requireRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d..%d: %d".formatted(name, least, most, value));
    }
  }

  private static void requireTime(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(3650)) > 0) {
      throw new IllegalArgumentException(
          "%s must be longer than nothing and at most 3650 days: %s".formatted(name, value));
    }
  }
}
