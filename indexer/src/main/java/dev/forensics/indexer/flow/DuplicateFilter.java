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

  /** Numbers of one remembered packet, side by side: remembering touches one line of the cache. */
  private static final int STRIDE = 4;

  private static final int TIME = 1;
  private static final int LINK = 2;
  private static final int CLOCK = 3;

  /** Ordinal of the latest packet of each bucket. */
  private final int[] heads = new int[CAPACITY];

  /**
   * Of each packet by its ordinal: signature, time, the way it went in the high half of a word with
   * the ordinal of the packet before it in the same bucket, and the sensor's clock.
   */
  private final long[] entries = new long[CAPACITY * STRIDE];

  private int count = CAPACITY + 1;

  /** Ordinal of the first packet that a packet as late as the clock may be a copy of. */
  private int recent = count;

  DuplicateFilter() {}

  /**
   * Looks for the packet and remembers it unless it is a copy.
   *
   * @param key hash of its key
   * @return true when it is a copy of an earlier one
   */
  boolean isCopy(DecodedPacket p, int key) {
    long signature = signature(p, key);
    int way = way(p);
    int bucket = (int) ((signature * B) >>> 40) & MASK;
    int ordinal = heads[bucket];
    int oldest = oldest(p);
    for (int i = 0; i < CHAIN_LIMIT && ordinal - oldest >= 0; i++) {
      int entry = (ordinal & MASK) * STRIDE;
      if (entries[entry] == signature && matches(p, way, entry)) {
        return true;
      }
      ordinal = (int) entries[entry + LINK];
    }
    int entry = (count & MASK) * STRIDE;
    entries[entry] = signature;
    entries[entry + TIME] = p.timestampNanos;
    entries[entry + LINK] = ((long) way << 32) | (heads[bucket] & 0xFFFF_FFFFL);
    entries[entry + CLOCK] = p.clockNanos;
    heads[bucket] = count++;
    return false;
  }

  /**
   * Ordinal of the first packet worth looking at. No packet is later than its clock, and the clock
   * never goes back: so where few packets came within the window, none before them is touched.
   */
  private int oldest(DecodedPacket p) {
    int remembered = count - CAPACITY;
    if (recent - remembered < 0) {
      recent = remembered;
    }
    while (recent != count
        && p.clockNanos - entries[(recent & MASK) * STRIDE + CLOCK] > WINDOW_NANOS) {
      recent++;
    }
    return p.timestampNanos == p.clockNanos ? recent : remembered;
  }

  private boolean matches(DecodedPacket p, int way, int entry) {
    long age = Math.abs(p.timestampNanos - entries[entry + TIME]);
    if (p.identification != 0 || (int) (entries[entry + LINK] >>> 32) != way) {
      return age <= WINDOW_NANOS;
    }
    boolean takesSequence =
        p.protocol == TCP && (p.payloadWireLength > 0 || (p.tcpFlags & SPACE_FLAGS) != 0);
    return takesSequence && age <= SAME_WAY_NANOS;
  }

  private static long signature(DecodedPacket p, int key) {
    long fields = ((long) p.identification << 32) | (p.transportChecksum & 0xFFFF);
    long h = p.sourceHash + key * C + p.payloadWireLength * B;
    if (p.protocol == TCP) {
      h += ((long) p.sequence << 32) | (p.acknowledgment & 0xFFFF_FFFFL);
      fields |= (long) p.tcpFlags << 16;
    }
    // The hashes are secret: without them nobody can find two packets of one signature.
    return KeyHash.mix(h) + fields * A;
  }

  private static int way(DecodedPacket p) {
    long h = p.sourceMac * A + p.destinationMac * B + p.tunnelId * C;
    h += ((long) p.ttl << 40) + ((long) p.vlanId << 20) + p.innerVlanId;
    h += (long) p.tunnelDepth << 50;
    return (int) (h ^ (h >>> 32));
  }
}
