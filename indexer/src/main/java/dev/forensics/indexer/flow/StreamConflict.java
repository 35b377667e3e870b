package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Two versions of the same bytes of a TCP stream, as an injected or a decoy segment leaves them.
 *
 * @param by the direction in whose name both were sent
 * @param sequence TCP sequence number of the first byte that differs, as in the packets
 * @param offset of that byte from the direction's first payload byte in this flow, or this segment
 *     of it, modulo 2^32
 * @param comparedBytes how many bytes could be compared
 * @param differingBytes how many of them differ
 * @param accepted what came first, and counts, from where the versions can be compared: at most
 *     4096 bytes
 * @param acceptedOrigin who sent its differing byte, see {@link #origin}
 * @param refused what came later, from the same sequence number
 * @param refusedOrigin who sent it
 * @param timestampNanos time of the later packet
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record StreamConflict(
    Direction by,
    int sequence,
    long offset,
    int comparedBytes,
    int differingBytes,
    byte[] accepted,
    int acceptedOrigin,
    byte[] refused,
    int refusedOrigin,
    long timestampNanos) {

  /** The origin of bytes whose packet is not remembered any more. */
  public static final int UNKNOWN = -1;

  private static final int LANE_SHIFT = 24;
  private static final int LANE_MASK = 0x7F;
  private static final int TTL_SHIFT = 16;
  private static final int TTL_MASK = 0xFF;
  private static final int IDENTIFICATION_MASK = 0xFFFF;

  /**
   * What tells who sent a packet: its time to live, 16 bits of its IP identification, and 7 bits of
   * a hash of its VLANs and its tunnel.
   */
  static int origin(DecodedPacket p) {
    int lane = (int) (p.tunnelId ^ p.tunnelId >>> 32) * 31 + p.vlanId * 17 + p.innerVlanId;
    return ((lane ^ lane >>> 7 ^ lane >>> 14 ^ lane >>> 21) & LANE_MASK) << LANE_SHIFT
        | (p.ttl & TTL_MASK) << TTL_SHIFT
        | (p.identification & IDENTIFICATION_MASK);
  }

  /**
   * False when two packets came through different VLANs or tunnels: they may be of two networks
   * with the same addresses.
   */
  static boolean isOneNetwork(int origin, int other) {
    return origin == UNKNOWN || other == UNKNOWN || origin >>> LANE_SHIFT == other >>> LANE_SHIFT;
  }

  /** Time to live, or hop limit, of an origin; -1 when it is not known. */
  public static int ttl(int origin) {
    return origin == UNKNOWN ? UNKNOWN : origin >>> TTL_SHIFT & TTL_MASK;
  }

  /** IP identification of an origin; -1 when it is not known. */
  public static int identification(int origin) {
    return origin == UNKNOWN ? UNKNOWN : origin & IDENTIFICATION_MASK;
  }
}
