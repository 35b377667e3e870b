package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.util.Arrays;

/**
 * Gives the observer each payload byte of a TCP direction once and in order. Segments in order are
 * passed on from the packet's own buffer; later ones are copied and kept within bounds until the
 * hole before them is filled or given up:
 *
 * <ul>
 *   <li>when the bytes kept reach a cap of the direction or of the table,
 *   <li>when the other side acknowledged bytes behind the hole, so that it had been filled on the
 *       wire, and {@value #SEGMENTS_BEHIND_HOLE} segments or {@value #HOLE_NANOS} ns followed,
 *   <li>when the flow ends.
 * </ul>
 *
 * <p>Behind the last byte there may be a hole, too, which shows when the flow ends: before a FIN,
 * or where the other side acknowledged more than was captured, or packets without payload have
 * numbers behind it. How far ahead a RST lies proves nothing, since whoever injects one guesses. Of
 * a direction of which nothing was captured all is missing that the other side acknowledged: see
 * {@link Acknowledgments}.
 *
 * <p>Bytes seen twice: the first seen win, whatever a receiver made of them. Where the others
 * differ, that is a conflict: see {@link Conflicts}.
 */
final class Reassembler {
  /** So many segments behind an acknowledged hole prove that it is not mere reordering. */
  static final int SEGMENTS_BEHIND_HOLE = 3;

  /** So long after the segment behind it an acknowledged hole is given up, in nanoseconds. */
  static final long HOLE_NANOS = 100_000_000L;

  /**
   * More than this was never sent by a connection that then ends: the number is not to be trusted.
   */
  private static final int MOST_MISSING_AT_END = 1 << 30;

  /** How far ahead a FIN may lie that nobody acknowledged, in bytes. */
  private static final int UNANSWERED_FIN_RANGE = 1 << 20;

  private final int bytesPerDirection;
  private final long bytesTotal;
  private final FlowObserver observer;
  private final FlowCounters counters;
  private final Conflicts conflicts;

  Reassembler(FlowSettings settings, FlowObserver observer, FlowCounters counters) {
    bytesPerDirection = settings.reassemblyBytesPerDirection();
    bytesTotal = settings.reassemblyBytesTotal();
    this.observer = observer;
    this.counters = counters;
    conflicts = new Conflicts(observer);
  }

  /**
   * A segment came once more: whoever makes up a copy may have other bytes in it. Where others were
   * found already, it may be the copy of those.
   */
  void copy(Flow flow, Direction by, DecodedPacket p) {
    if (flow.side(by).conflictingBytes() > 0) {
      return;
    }
    int sequence = (p.tcpFlags & TcpTracker.SYN) != 0 ? p.sequence + 1 : p.sequence;
    conflicts.compare(flow, by, flow.side(by), p, sequence);
  }

  /** Takes the payload of a TCP segment; sequence is the number of its first payload byte. */
  void segment(Flow flow, Direction by, FlowSide side, DecodedPacket p, int sequence) {
    int wireLength = p.payloadWireLength;
    int known = Marks.of(by, Marks.SEQUENCE_KNOWN);
    if ((flow.marks & known) == 0) {
      flow.marks |= known;
      begin(flow, by, side, sequence, p.timestampNanos);
    }
    int ahead = sequence - side.nextSequence;
    if (ahead == 0 && (side.stream == null || side.stream.first == null)) {
      int origin = StreamConflict.origin(p);
      deliver(
          flow,
          by,
          p.buffer,
          p.payloadOffset,
          p.payloadLength,
          wireLength,
          p.timestampNanos,
          origin);
    } else if (ahead < 0 && wireLength + ahead <= 0) {
      conflicts.compare(flow, by, side, p, sequence);
      countRetransmission(flow, by, side, wireLength);
    } else if (!flow.wants(by)) {
      conflicts.compare(flow, by, side, p, sequence);
      skipTo(flow, by, side, sequence + wireLength, Math.max(0, -ahead));
      int origin = StreamConflict.origin(p);
      conflicts.remember(
          flow, by, side, p.buffer, p.payloadOffset, p.payloadLength, sequence, origin);
    } else {
      outOfPlace(flow, by, side, p, sequence);
    }
  }

  /**
   * The first bytes of a direction. What was acknowledged before them is missing, unless they show
   * that the capture has the two directions one behind the other. Where the connection's beginning
   * was seen, they begin where the other side had got to; what is between is a hole.
   */
  private void begin(Flow flow, Direction by, FlowSide side, int sequence, long timestampNanos) {
    side.nextSequence = sequence;
    boolean isAcked = (flow.marks & Marks.of(by.reverse(), Marks.ACK_KNOWN)) != 0;
    int behind = isAcked ? sequence - flow.side(by.reverse()).highestAck : -1;
    if (behind >= 0) {
      countUnseen(flow, by, side, true, timestampNanos);
    }
    seenFromHere(side);
    if (!flow.midstream && behind > 0 && behind <= Acknowledgments.BELIEVED_JUMP) {
      side.nextSequence = sequence - behind;
    }
  }

  /** What was acknowledged before any byte was seen is not missing any more, or is counted. */
  static void seenFromHere(FlowSide side) {
    if (side.stream != null) {
      side.stream.unseenBytes = 0;
    }
  }

  private void countUnseen(
      Flow flow, Direction by, FlowSide side, boolean tell, long timestampNanos) {
    long unseen = side.stream == null ? 0 : side.stream.unseenPayload();
    if (unseen > 0) {
      side.stream.unseenBytes = 0;
      countGap(flow, by, side, unseen);
      if (tell && flow.wants(by)) {
        observer.gap(flow, by, unseen, timestampNanos);
      }
    }
  }

  private static void skipTo(Flow flow, Direction by, FlowSide side, int sequence, int old) {
    if (old > 0) {
      countRetransmission(flow, by, side, old);
    }
    flow.marks |= Marks.of(by, Marks.FIRST_PAYLOAD_DONE);
    side.nextSequence = sequence;
  }

  /** A segment that begins before or behind the expected byte, or fills the hole of kept ones. */
  private void outOfPlace(Flow flow, Direction by, FlowSide side, DecodedPacket p, int sequence) {
    int old = Math.max(0, side.nextSequence - sequence);
    if (old > 0 || side.stream != null) {
      conflicts.compare(flow, by, side, p, sequence);
    }
    int origin = StreamConflict.origin(p);
    int captured = Math.max(0, p.payloadLength - old);
    int offset = p.payloadOffset + p.payloadLength - captured;
    int wireLength = p.payloadWireLength - old;
    TcpStream stream = side.stream;
    if (stream == null || stream.first == null) {
      if (sequence - side.nextSequence <= 0) {
        countRetransmission(flow, by, side, old);
        deliver(flow, by, p.buffer, offset, captured, wireLength, p.timestampNanos, origin);
        return;
      }
    } else if (stream.first.sequence - sequence > 0) {
      stream.outOfOrder++;
    }
    int again =
        old
            + side.stream()
                .keep(
                    sequence + old,
                    p.buffer,
                    offset,
                    captured,
                    wireLength,
                    p.timestampNanos,
                    origin,
                    counters);
    if (again > 0) {
      countRetransmission(flow, by, side, again);
    }
    drain(flow, by, side);
    shrink(flow, by, side, p.timestampNanos);
  }

  private void shrink(Flow flow, Direction by, FlowSide side, long timestampNanos) {
    TcpStream stream = side.stream;
    while (stream.first != null
        && (stream.keptBytes > bytesPerDirection || counters.reassemblyBytes > bytesTotal)) {
      counters.capGaps++;
      skipHole(flow, by, side, timestampNanos);
    }
  }

  /** The other side acknowledged up to here: gives up holes that it proves to be lost. */
  void acknowledged(Flow flow, Direction by, int acknowledgment, long timestampNanos) {
    FlowSide side = flow.side(by);
    TcpStream stream = side.stream;
    while (stream != null
        && stream.first != null
        && acknowledgment - stream.first.sequence >= 0
        && (stream.keptSegments >= SEGMENTS_BEHIND_HOLE
            || timestampNanos - stream.first.timestampNanos >= HOLE_NANOS)) {
      skipHole(flow, by, side, timestampNanos);
    }
  }

  /** Delivers all that is kept of both directions, gaps between. */
  void flush(Flow flow) {
    flush(flow, Direction.ORIGINATOR);
    flush(flow, Direction.RESPONDER);
  }

  /** The flow ends: {@link #flush}, and what is missing behind the last byte of each direction. */
  void finish(Flow flow) {
    flush(flow);
    countMissingEnd(flow, Direction.ORIGINATOR);
    countMissingEnd(flow, Direction.RESPONDER);
  }

  /** The segment ends: what it knows of the ends of both directions is counted in it. */
  void settle(Flow flow) {
    for (Direction by : Direction.values()) {
      TcpStream stream = flow.side(by).stream;
      if (stream != null && (flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) == 0) {
        countUnseen(flow, by, flow.side(by), false, flow.endNanos);
      } else if (stream != null && stream.hasEnd()) {
        countMissingEnd(flow, by);
        if (stream.end() == flow.side(by).nextSequence) {
          flow.side(by).nextSequence++;
        }
        stream.forgetEnd();
      }
    }
  }

  private void countMissingEnd(Flow flow, Direction by) {
    FlowSide side = flow.side(by);
    if ((flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) == 0) {
      countUnseen(flow, by, side, false, flow.endNanos);
      return;
    }
    int missing = missingEnd(flow, by, side);
    if (missing > 0) {
      side.nextSequence += missing;
      side.stream();
      gap(flow, by, side, missing, flow.endNanos);
    }
  }

  /**
   * Bytes of this direction that were sent by what is known now, were not captured, and are no gaps
   * yet.
   */
  static long pendingBytes(Flow flow, Direction by) {
    FlowSide side = flow.side(by);
    if ((flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) == 0) {
      return 0;
    }
    int missing = missingEnd(flow, by, side);
    TcpStream stream = side.stream;
    if (stream == null || stream.first == null) {
      return missing;
    }
    return (long) Math.max(missing, stream.keptReach(side.nextSequence)) - stream.keptPayload();
  }

  /** Bytes missing from the next one on: 0 when none are, or when it is not to be believed. */
  private static int missingEnd(Flow flow, Direction by, FlowSide side) {
    int missing = missingByNumbers(flow, by, side);
    return missing > 0 && missing <= MOST_MISSING_AT_END ? missing : 0;
  }

  private static int missingByNumbers(Flow flow, Direction by, FlowSide side) {
    boolean isAcked = (flow.marks & Marks.of(by.reverse(), Marks.ACK_KNOWN)) != 0;
    int acked = isAcked ? flow.side(by.reverse()).highestAck - side.nextSequence : 0;
    TcpStream stream = side.stream;
    if (stream != null) {
      acked = Math.max(acked, stream.announcedFrom(side.nextSequence));
    }
    if (stream != null && stream.hasEnd()) {
      int toFin = stream.end() - side.nextSequence;
      boolean isBelieved = acked > toFin || toFin <= UNANSWERED_FIN_RANGE;
      return isBelieved ? toFin : acked;
    }
    boolean hasFin = (flow.marks & Marks.of(by, Marks.FIN)) != 0;
    // The one byte is as a rule a FIN that was not captured.
    return acked == 1 && !hasFin ? 0 : acked;
  }

  private void flush(Flow flow, Direction by) {
    FlowSide side = flow.side(by);
    while (side.stream != null && side.stream.first != null) {
      skipHole(flow, by, side, flow.endNanos);
    }
  }

  private void skipHole(Flow flow, Direction by, FlowSide side, long timestampNanos) {
    int begin = side.stream.first.sequence;
    int missing = begin - side.nextSequence;
    side.nextSequence = begin;
    if (missing > 0) {
      gap(flow, by, side, missing, timestampNanos);
    }
    drain(flow, by, side);
  }

  private void drain(Flow flow, Direction by, FlowSide side) {
    TcpStream stream = side.stream;
    while (stream.first != null && stream.first.sequence == side.nextSequence) {
      TcpStream.Segment s = stream.removeFirst();
      deliver(flow, by, s.bytes, 0, s.bytes.length, s.wireLength, s.timestampNanos, s.origin);
    }
  }

  /** Passes on the next bytes of the stream, those cut by snaplen as a gap behind the others. */
  private void deliver(
      Flow flow,
      Direction by,
      byte[] buffer,
      int offset,
      int captured,
      int wireLength,
      long timestampNanos,
      int origin) {
    FlowSide side = flow.side(by);
    if (captured > 0) {
      conflicts.remember(flow, by, side, buffer, offset, captured, side.nextSequence, origin);
    }
    side.nextSequence += wireLength;
    if ((flow.marks & Marks.of(by, Marks.FIRST_PAYLOAD_DONE)) == 0) {
      rememberFirst(flow, by, side, buffer, offset, captured);
    }
    if (captured > 0 && flow.wants(by)) {
      observer.payload(flow, by, buffer, offset, captured, timestampNanos);
    }
    if (wireLength > captured) {
      gap(flow, by, side, wireLength - captured, timestampNanos);
    }
  }

  /** Passes on a datagram. */
  void datagram(Flow flow, Direction by, FlowSide side, DecodedPacket p) {
    if ((flow.marks & Marks.of(by, Marks.FIRST_PAYLOAD_DONE)) == 0) {
      rememberFirst(flow, by, side, p.buffer, p.payloadOffset, p.payloadLength);
      flow.marks |= Marks.of(by, Marks.FIRST_PAYLOAD_DONE);
    }
    if (p.payloadLength > 0 && flow.wants(by)) {
      flow.setBeyondBudget(p.isBeyondBudget);
      observer.payload(flow, by, p.buffer, p.payloadOffset, p.payloadLength, p.timestampNanos);
    }
    if (p.payloadWireLength > p.payloadLength) {
      gap(flow, by, side, p.payloadWireLength - p.payloadLength, p.timestampNanos);
    }
  }

  private static void rememberFirst(
      Flow flow, Direction by, FlowSide side, byte[] buffer, int offset, int length) {
    int have = side.firstPayload == null ? 0 : side.firstPayload.length;
    int more = Math.min(length, FlowSide.FIRST_PAYLOAD_LIMIT - have);
    if (more > 0) {
      byte[] bytes = have == 0 ? new byte[more] : Arrays.copyOf(side.firstPayload, have + more);
      System.arraycopy(buffer, offset, bytes, have, more);
      side.firstPayload = bytes;
    }
    if (have + more >= FlowSide.FIRST_PAYLOAD_LIMIT) {
      flow.marks |= Marks.of(by, Marks.FIRST_PAYLOAD_DONE);
    }
  }

  private void countGap(Flow flow, Direction by, FlowSide side, long lengthBytes) {
    side.addGap(lengthBytes);
    counters.gapBytes += lengthBytes;
    flow.marks |= Marks.of(by, Marks.FIRST_PAYLOAD_DONE);
    side.stream.gaps++;
    History.addLogarithmically(flow, by, side.stream.gaps, 'G');
  }

  private void gap(Flow flow, Direction by, FlowSide side, long lengthBytes, long timestampNanos) {
    countGap(flow, by, side, lengthBytes);
    if (flow.wants(by)) {
      observer.gap(flow, by, lengthBytes, timestampNanos);
    }
  }

  private static void countRetransmission(Flow flow, Direction by, FlowSide side, int lengthBytes) {
    if (lengthBytes > 0) {
      side.addRetransmitted(lengthBytes);
      side.stream.retransmissions++;
      History.addLogarithmically(flow, by, side.stream.retransmissions, 'T');
    }
  }
}
