package dev.forensics.indexer.flow;

import java.util.Arrays;

/**
 * What one direction of a connection keeps out of order, and its counters of trouble. Made only
 * when something out of the ordinary happens, so most directions have none.
 *
 * <p>Kept segments are sorted and never overlap: of bytes seen twice the first seen win.
 */
final class TcpStream {
  /** Charged for each kept segment beside its bytes: bounds their number, and the search in it. */
  static final int SEGMENT_CHARGE = 256;

  long gapBytes;
  long retransmittedBytes;
  int outOfOrder;
  int gaps;
  int retransmissions;
  int zeroWindows;
  long conflictingBytes;
  int conflicts;
  int ignoredResets;

  /**
   * What the other side acknowledged while neither a SYN nor payload of this direction was
   * captured, in bytes; see {@link #unseenPayload}.
   */
  long unseenBytes;

  /** The last of {@link #unseenBytes} stands for a FIN. */
  boolean endsInFin;

  /** The acknowledgments of this side jumped far ahead. */
  boolean hasJumped;

  /** Where they were before. */
  int jumpedFrom;

  /** The kept segment with the lowest sequence number; null when none is kept. */
  Segment first;

  /** How many segments are kept. */
  int keptSegments;

  /** Bytes kept, charges included. */
  int keptBytes;

  /** An acknowledgment number of this side that is not believed yet; see {@link #confirms}. */
  private int doubtfulAck;

  private boolean isInDoubt;

  /** Sequence number of a packet without payload that lay behind the next byte expected. */
  private int announced;

  private boolean isAnnounced;

  /** Sequence number of a FIN that came before bytes in front of it; see {@link #hasEnd}. */
  private int end;

  private boolean hasEnd;
  private Segment last;
  private FlowCounters counters;

  TcpStream() {}

  /** A kept piece of the stream. */
  static final class Segment {
    final int sequence;
    final int wireLength;
    final byte[] bytes;
    final long timestampNanos;

    /** See {@link StreamConflict#origin}. */
    final int origin;

    Segment next;

    Segment(int sequence, int wireLength, byte[] bytes, long timestampNanos, int origin) {
      this.origin = origin;
      this.sequence = sequence;
      this.wireLength = wireLength;
      this.bytes = bytes;
      this.timestampNanos = timestampNanos;
    }

    int end() {
      return sequence + wireLength;
    }
  }

  /** The stream ends here, which lies behind the next byte expected. */
  void endAt(int finSequence) {
    hasEnd = true;
    end = finSequence;
  }

  /** It has been dealt with. */
  void forgetEnd() {
    hasEnd = false;
  }

  /** Whether it is known where the stream ends though bytes before that were missing. */
  boolean hasEnd() {
    return hasEnd;
  }

  /** Sequence number behind the stream's last byte. */
  int end() {
    return end;
  }

  /** Remembers an acknowledgment number that is too far ahead to be believed. */
  void doubt(int number) {
    doubtfulAck = number;
    isInDoubt = true;
  }

  /** True when a number goes on from the one in doubt, which is then none any more. */
  boolean confirms(int number) {
    int ahead = number - doubtfulAck;
    boolean goesOn = isInDoubt && ahead > 0 && ahead <= Acknowledgments.BELIEVED_JUMP;
    isInDoubt &= !goesOn;
    return goesOn;
  }

  /**
   * A packet without payload has this sequence number, which lies behind the next byte expected: so
   * much had been sent.
   *
   * @param expected the next byte expected
   */
  void announce(int sequence, int expected) {
    int known = isAnnounced && announced - expected > 0 ? announced : expected;
    int ahead = sequence - known;
    if (ahead > 0 && ahead <= Acknowledgments.BELIEVED_JUMP) {
      announced = sequence;
      isAnnounced = true;
    }
  }

  /** How many bytes from the expected one on were sent by the numbers of such packets, or 0. */
  int announcedFrom(int expected) {
    return isAnnounced ? Math.max(0, announced - expected) : 0;
  }

  /** Payload that was acknowledged before any of this direction was captured, in bytes. */
  long unseenPayload() {
    return unseenBytes - (endsInFin && unseenBytes > 0 ? 1 : 0);
  }

  /** Payload bytes behind the expected one that are kept, and so not missing. */
  int keptPayload() {
    int bytes = 0;
    for (Segment kept = first; kept != null; kept = kept.next) {
      bytes += kept.wireLength;
    }
    return bytes;
  }

  /** How far behind the expected byte the kept ones reach, or 0. */
  int keptReach(int expected) {
    return last == null ? 0 : last.end() - expected;
  }

  /**
   * Keeps those bytes of a segment that are not kept already.
   *
   * @param sequence sequence number of its first byte
   * @param captured bytes present in the buffer, from offset
   * @param wireLength bytes it had on the wire, at least captured
   * @return how many bytes were kept before
   */
  int keep(
      int sequence,
      byte[] buffer,
      int offset,
      int captured,
      int wireLength,
      long timestampNanos,
      int origin,
      FlowCounters tableCounters) {
    counters = tableCounters;
    int end = sequence + wireLength;
    int from = sequence;
    int known = 0;
    Segment before = last != null && from - last.end() >= 0 ? last : null;
    Segment at = before == null ? first : null;
    while (end - from > 0) {
      while (at != null && at.end() - from <= 0) {
        before = at;
        at = at.next;
      }
      int stop = at == null || at.sequence - end >= 0 ? end : at.sequence;
      if (stop - from > 0) {
        int skipped = from - sequence;
        int present = Math.max(0, Math.min(captured - skipped, stop - from));
        int start = offset + Math.min(skipped, captured);
        byte[] bytes = Arrays.copyOfRange(buffer, start, start + present);
        before = insert(before, at, new Segment(from, stop - from, bytes, timestampNanos, origin));
        from = stop;
      }
      if (end - from > 0 && at != null) {
        int covered = at.end() - end < 0 ? at.end() : end;
        known += covered - from;
        from = covered;
      }
    }
    return known;
  }

  private Segment insert(Segment before, Segment following, Segment segment) {
    segment.next = following;
    if (before == null) {
      first = segment;
    } else {
      before.next = segment;
    }
    if (following == null) {
      last = segment;
    }
    keptSegments++;
    charge(segment.bytes.length + SEGMENT_CHARGE);
    return segment;
  }

  /** Takes out the first kept segment; there is one. */
  Segment removeFirst() {
    Segment segment = first;
    first = segment.next;
    if (first == null) {
      last = null;
    }
    keptSegments--;
    charge(-segment.bytes.length - SEGMENT_CHARGE);
    return segment;
  }

  /** Frees everything that is kept. */
  void drop() {
    if (first != null) {
      first = null;
      last = null;
      keptSegments = 0;
      charge(-keptBytes);
    }
  }

  /** Sets the counters to zero; what is kept stays. */
  void resetCounters() {
    gapBytes = 0;
    unseenBytes = 0;
    hasJumped = false;
    retransmittedBytes = 0;
    outOfOrder = 0;
    gaps = 0;
    retransmissions = 0;
    zeroWindows = 0;
    conflictingBytes = 0;
    conflicts = 0;
    ignoredResets = 0;
  }

  private void charge(int bytes) {
    keptBytes += bytes;
    counters.reassemblyBytes += bytes;
  }
}
