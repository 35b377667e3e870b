package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.util.Arrays;

/**
 * Recognizes packets that a capture holds twice: a mirror port delivered them at both of its ports,
 * before and behind a router (a decremented time to live) or on two VLANs, or captures of two
 * places were put together.
 *
 * <p>A packet is a copy when an equal one of the same flow was seen: same direction, IP
 * identification, protocol, sequence and acknowledgment number, flags, checksum and length. The
 * time to live and the link layer may differ. How far apart they may be:
 *
 * <ul>
 *   <li>at the same time, always: it is the same record;
 *   <li>with an IPv4 identification {@value #MIRROR_NANOS} ns, and {@value #WINDOW_NANOS} ns (or
 *       the shortest time-out) where the sender counts its identifications: what is sent again then
 *       carries another one. A sender that gave two packets in a row the same one does not count;
 *   <li>without identification (IPv6, or 0) {@value #MIRROR_NANOS} ns when it went another way
 *       (time to live, VLAN, tunnel or MAC addresses differ), and on the same way {@value
 *       #SAME_WAY_NANOS} ns when it takes TCP sequence space, sooner than any stack resends.
 * </ul>
 *
 * <p>What counts as a copy depends on the flow's own packets alone: each flow remembers its latest
 * ones, at most {@value #MOST} ({@value #MOST_DATAGRAMS} datagrams), and those of the connection
 * before it on its 5-tuple.
 */
final class DuplicateFilter {
  /** Longest time between a packet and its copy, in nanoseconds. */
  static final long WINDOW_NANOS = 5_000_000_000L;

  /** The same where the identification says nothing. */
  static final long MIRROR_NANOS = 10_000_000L;

  /** The same for a copy without identification on the same way. */
  static final long SAME_WAY_NANOS = 1_000_000L;

  /** How many packets a TCP connection remembers; a power of two. */
  static final int MOST = 128;

  /** The same for datagrams, all of which are looked for. */
  static final int MOST_DATAGRAMS = 64;

  /** Room at first, in packets: most datagrams are a question and its answer. */
  private static final int FIRST_SEGMENTS = 4;

  private static final int FIRST_DATAGRAMS = 1;
  private static final int COUNT_LIMIT = 1 << 15;

  /** Behind so much nothing within the window is found, since packets are about in order. */
  private static final long FAR_NANOS = WINDOW_NANOS + 2 * FlowQueues.GRACE_NANOS;

  /** When the first packet was sent, once packets behind it are not remembered any more. */
  private static final long FORGOTTEN = Long.MIN_VALUE;

  private static final int WAY_BITS = 12;
  private static final int WAY_MASK = (1 << WAY_BITS) - 1;
  private static final int SPACE_FLAGS = TcpTracker.SYN | TcpTracker.FIN;
  private static final int TCP = 6;
  private static final long A = 0x9E3779B97F4A7C15L;
  private static final long B = 0xD6E8FEB86659FD93L;

  private final SpareArrays<long[]> spare = new SpareArrays<>(2 * MOST, long[]::new);
  private final long windowNanos;
  private long signature;
  private int way;

  /** By its record, whatever time the flow gives it. */
  private long takenNanos;

  DuplicateFilter(FlowSettings settings) {
    long shortest = WINDOW_NANOS;
    shortest = Math.min(shortest, settings.tcpIdle().toNanos());
    shortest = Math.min(shortest, settings.udpIdle().toNanos());
    shortest = Math.min(shortest, settings.icmpIdle().toNanos());
    shortest = Math.min(shortest, settings.otherIdle().toNanos());
    windowNanos = Math.min(shortest, settings.closedLinger().toNanos());
  }

  /** The packet about which {@link #isCopy} is asked, and which is remembered. */
  void take(DecodedPacket p) {
    signature = signature(p);
    way = way(p);
    takenNanos = p.timestampNanos;
  }

  /** True when the packet taken is a copy of one that its flow remembers. */
  boolean isCopy(Flow flow, DecodedPacket p, Direction by) {
    if (flow.recentCount == 0 || advances(flow, p, by)) {
      return false;
    }
    long time = ((p.timestampNanos - flow.flowStartNanos) << WAY_BITS) >> WAY_BITS; // as kept
    boolean counts = !flow.side(by).repeatsIdentification;
    long[] recent = flow.recent;
    if (recent != null && isAmong(recent, flow.recentCount - 1, p, time, counts)) {
      return true;
    }
    return flow.firstSignature == signature
        && flow.firstSent != FORGOTTEN
        && matches(p, time, flow.firstSent, counts);
  }

  private boolean isAmong(long[] recent, int kept, DecodedPacket p, long time, boolean counts) {
    long wanted = signature;
    int end = Math.min(2 * kept, recent.length);
    for (int at = 0; at < end; at += 2) {
      if (recent[at] == wanted && matches(p, time, recent[at + 1], counts)) {
        return true;
      }
    }
    return false;
  }

  /**
   * True when the packet tells something new of its own side, as no copy does: bytes that follow
   * those known, or a higher acknowledgment. Most packets do, and need not be looked for.
   */
  private boolean advances(Flow flow, DecodedPacket p, Direction by) {
    int flags = p.tcpFlags & (SPACE_FLAGS | TcpTracker.RST);
    if (p.protocol != TCP || flags != 0 || isSoonBehindAnother(flow, p)) {
      return false;
    }
    FlowSide side = flow.side(by);
    boolean acked = (flow.marks & Marks.of(by, Marks.ACK_KNOWN)) != 0;
    if (acked && p.acknowledgment - side.highestAck > 0) {
      return (p.tcpFlags & TcpTracker.ACK) != 0;
    }
    int ahead = p.sequence - side.nextSequence;
    return (flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) != 0
        && ahead <= 0
        && ahead + p.payloadWireLength > 0
        && (side.stream == null || side.stream.first == null);
  }

  /** Copies of the connection before may have any numbers. */
  private boolean isSoonBehindAnother(Flow flow, DecodedPacket p) {
    return flow.followsAnother && p.timestampNanos - flow.flowStartNanos <= FAR_NANOS;
  }

  private boolean matches(DecodedPacket p, long time, long sent, boolean counts) {
    long age = Math.abs(time - (sent >> WAY_BITS));
    if (age == 0) {
      return true;
    }
    if (p.identification != 0) {
      return age <= (counts ? windowNanos : MIRROR_NANOS);
    }
    if ((sent & WAY_MASK) != way) {
      return age <= MIRROR_NANOS;
    }
    boolean takesSequence =
        p.protocol == TCP && (p.payloadWireLength > 0 || (p.tcpFlags & SPACE_FLAGS) != 0);
    return takesSequence && age <= SAME_WAY_NANOS;
  }

  /** The flow remembers the packet taken. */
  void remember(Flow flow) {
    long sent = ((takenNanos - flow.flowStartNanos) << WAY_BITS) | way;
    int count = flow.recentCount;
    if (count == 0) {
      flow.firstSignature = signature;
      flow.firstSent = sent;
    } else {
      push(flow, count - 1, sent);
    }
    flow.recentCount = (char) (count + 1 == COUNT_LIMIT ? COUNT_LIMIT / 2 : count + 1);
  }

  /** Keeps the packet taken, in the place of the oldest one. */
  private void push(Flow flow, int ordinal, long sent) {
    long[] recent = flow.recent;
    if (recent == null) {
      recent = spare.take(2 * (flow.protocol == TCP ? FIRST_SEGMENTS : FIRST_DATAGRAMS));
      flow.recent = recent;
    }
    int at = 2 * ordinal & (recent.length - 1);
    if (2 * ordinal >= recent.length) {
      if (recent.length < 2 * (flow.protocol == TCP ? MOST : MOST_DATAGRAMS)
          && (sent >> WAY_BITS) - (recent[at + 1] >> WAY_BITS) <= windowNanos) {
        recent = grow(flow, ordinal, recent);
        at = 2 * ordinal & (recent.length - 1);
      } else {
        flow.firstSent = FORGOTTEN;
      }
    }
    recent[at] = signature;
    recent[at + 1] = sent;
  }

  private long[] grow(Flow flow, int end, long[] old) {
    int capacity = old.length / 2;
    long[] recent = spare.take(old.length * 2);
    if (end > capacity) {
      Arrays.fill(recent, 0); // in the places of those that were forgotten others may stand
    }
    for (int i = end - capacity; i < end; i++) {
      int from = 2 * (i & (capacity - 1));
      int to = 2 * (i & (2 * capacity - 1));
      recent[to] = old[from];
      recent[to + 1] = old[from + 1];
    }
    spare.give(old, old.length);
    flow.recent = recent;
    return recent;
  }

  /**
   * A flow takes over what the one before it on the same 5-tuple remembers; nothing was counted.
   * The one before has ended, and forgets it.
   */
  void inherit(Flow flow, Flow before) {
    long shift = (before.flowStartNanos - flow.flowStartNanos) << WAY_BITS;
    flow.followsAnother = true;
    flow.recentCount = before.recentCount;
    flow.firstSignature = before.firstSignature;
    flow.firstSent = before.firstSent == FORGOTTEN ? FORGOTTEN : before.firstSent + shift;
    if (before.recent != null) {
      flow.recent = before.recent;
      before.recent = null;
      for (int i = 1; i < flow.recent.length; i += 2) {
        flow.recent[i] += shift;
      }
    }
  }

  /** The flow has ended, and none takes over what it remembers. */
  void forget(Flow flow) {
    if (flow.recent != null) {
      spare.give(flow.recent, flow.recent.length);
      flow.recent = null;
    }
  }

  private static long signature(DecodedPacket p) {
    long fields = ((long) p.identification << 32) | (p.transportChecksum & 0xFFFF);
    long h = p.sourceHash + p.payloadWireLength * B;
    if (p.protocol == TCP) {
      h += ((long) p.sequence << 32) | (p.acknowledgment & 0xFFFF_FFFFL);
      fields |= (long) p.tcpFlags << 16;
    }
    // The hashes are secret: without them nobody can find two packets of one signature.
    return KeyHash.mix(h) + fields * A;
  }

  private static int way(DecodedPacket p) {
    long h = p.sourceMac * A + p.destinationMac * B + p.tunnelId * 0xC2B2AE3D27D4EB4FL;
    h += ((long) p.ttl << 40) + ((long) p.vlanId << 20) + p.innerVlanId;
    h += (long) p.tunnelDepth << 50;
    return (int) ((h * B) >>> 52);
  }
}
