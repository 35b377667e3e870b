package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Recognizes packets that a mirror port delivered twice: at both of its ports, before and behind a
 * router (a decremented time to live), or on two VLANs.
 *
 * <p>A packet is a copy when within {@value #WINDOW_NANOS} ns an equal one was seen: same flow and
 * direction, IP identification, protocol, sequence and acknowledgment number, flags, checksum and
 * length. The time to live and the link layer may differ. A genuine retransmission carries another
 * IPv4 identification. Where there is none (IPv6, or identification 0), a copy must have gone
 * another way (time to live, VLAN, tunnel or MAC addresses differ), or be a TCP segment that takes
 * sequence space and follows within {@value #SAME_WAY_NANOS} ns, sooner than any stack resends.
 *
 * <p>Remembers the last {@value #CAPACITY} packets, so the answer depends on the packets of the
 * last 10 ms alone as long as there were not more (3.2 million a second).
 */
final class DuplicateFilter {
  /** Longest time between a packet and its copy, in nanoseconds. */
  static final long WINDOW_NANOS = 10_000_000L;

  /** The same for a copy without identification on the same way. */
  static final long SAME_WAY_NANOS = 1_000_000L;

  private static final int CAPACITY = 1 << 15;
  private static final int MASK = CAPACITY - 1;
  private static final int CHAIN_LIMIT = 16;
  private static final int SPACE_FLAGS = TcpTracker.SYN | TcpTracker.FIN;
  private static final int TCP = 6;
  private static final long A = 0x9E3779B97F4A7C15L;
  private static final long B = 0xD6E8FEB86659FD93L;
  private static final long C = 0xC2B2AE3D27D4EB4FL;

  /** Ordinal of the latest packet of each bucket. */
  private final int[] heads = new int[CAPACITY];

  /** Ordinal of the packet before it in the same bucket, by the packet's ordinal. */
  private final int[] chain = new int[CAPACITY];

  private final int[] ways = new int[CAPACITY];
  private final long[] signatures = new long[CAPACITY];
  private final long[] times = new long[CAPACITY];
  private int count = CAPACITY + 1;

  DuplicateFilter() {}

  /**
   * Looks for the packet and remembers it unless it is a copy.
   *
   * @param source hash of its source endpoint
   * @param key hash of its key
   * @return true when it is a copy of an earlier one
   */
  boolean isCopy(DecodedPacket p, long source, int key) {
    long signature = signature(p, source, key);
    int way = way(p);
    int bucket = (int) ((signature * B) >>> 40) & MASK;
    int ordinal = heads[bucket];
    for (int i = 0; i < CHAIN_LIMIT && count - ordinal <= CAPACITY; i++) {
      int entry = ordinal & MASK;
      if (signatures[entry] == signature && matches(p, way, entry)) {
        return true;
      }
      ordinal = chain[entry];
    }
    int entry = count & MASK;
    signatures[entry] = signature;
    ways[entry] = way;
    times[entry] = p.timestampNanos;
    chain[entry] = heads[bucket];
    heads[bucket] = count++;
    return false;
  }

  private boolean matches(DecodedPacket p, int way, int entry) {
    long age = Math.abs(p.timestampNanos - times[entry]);
    if (p.identification != 0 || ways[entry] != way) {
      return age <= WINDOW_NANOS;
    }
    boolean takesSequence =
        p.protocol == TCP && (p.payloadWireLength > 0 || (p.tcpFlags & SPACE_FLAGS) != 0);
    return takesSequence && age <= SAME_WAY_NANOS;
  }

  private static long signature(DecodedPacket p, long source, int key) {
    long fields = ((long) p.identification << 32) | (p.transportChecksum & 0xFFFF);
    long h = source + key * C + p.payloadWireLength * B;
    if (p.protocol == TCP) {
      h += ((long) p.sequence << 32) | (p.acknowledgment & 0xFFFF_FFFFL);
      fields |= (long) p.tcpFlags << 16;
    }
    // Source and key are secret: without them nobody can find two packets of one signature.
    return KeyHash.mix(h) + fields * A;
  }

  private static int way(DecodedPacket p) {
    long h = p.sourceMac * A + p.destinationMac * B + p.tunnelId * C;
    h += ((long) p.ttl << 40) + ((long) p.vlanId << 20) + p.innerVlanId;
    h += (long) p.tunnelDepth << 50;
    return (int) (h ^ (h >>> 32));
  }
}
