package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.util.Arrays;

/**
 * Compares TCP payload that comes again with what was accepted for the same sequence numbers, as
 * far as that is remembered ({@link SeenBytes}) or kept out of order.
 *
 * <p>Not a conflict: the same bytes in other segments; bytes of which one version is not in the
 * capture; a single byte, since probes of keep-alive and of a closed window carry any (RFC 1122
 * section 4.2.3.6); differences within six bytes that are all zeros in one version, which some
 * senders count as payload of an empty segment; packets of different VLANs or tunnels, which may be
 * of two networks with the same addresses.
 */
final class Conflicts {
  /** Of so many conflicts of a direction the observer hears; the bytes of all are counted. */
  static final int HEARD = 8;

  private final FlowObserver observer;
  private final SeenPool pool = new SeenPool();
  private final Difference difference = new Difference();

  Conflicts(FlowObserver observer) {
    this.observer = observer;
  }

  /** Remembers bytes that are accepted, to compare them with what may come again. */
  void remember(
      Flow flow,
      Direction by,
      FlowSide side,
      byte[] buffer,
      int offset,
      int captured,
      int sequence,
      int origin) {
    boolean wanted = flow.wants(by);
    if (!wanted && side.payloadBytes > SeenBytes.UNWANTED) {
      return;
    }
    boolean whole = wanted && side.payloadBytes - captured <= SeenBytes.WHOLE;
    SeenBytes seen = side.seen;
    if (seen == null) {
      seen = pool.take(sequence, whole ? captured : 0);
      side.seen = seen;
      flow.seenBytes += seen.memory();
    }
    flow.seenBytes +=
        seen.accept(buffer, offset, captured, sequence, side.highestAck, origin, whole);
  }

  /**
   * Compares a segment of which a part, or all, came before.
   *
   * @param sequence of its first payload byte
   */
  void compare(Flow flow, Direction by, FlowSide side, DecodedPacket p, int sequence) {
    SeenBytes seen = side.seen;
    if (seen != null) {
      int from = seen.commonBegin(sequence);
      int to = seen.commonEnd(sequence, p.payloadLength);
      if (to - from > 1) {
        compareSeen(flow, by, side, p, sequence, from, to);
      } else {
        compareBeginning(flow, by, side, p, sequence, seen.head(sequence, p.payloadLength));
        compareBeginning(flow, by, side, p, sequence, seen.few(sequence, p.payloadLength));
      }
    }
    TcpStream stream = side.stream;
    for (TcpStream.Segment kept = stream == null ? null : stream.first;
        kept != null && kept.sequence - sequence < p.payloadLength;
        kept = kept.next) {
      compareKept(flow, by, side, p, sequence, kept);
    }
  }

  private void compareBeginning(
      Flow flow,
      Direction by,
      FlowSide side,
      DecodedPacket p,
      int sequence,
      TcpStream.Segment kept) {
    if (kept != null) {
      compareKept(flow, by, side, p, sequence, kept);
    }
  }

  private void compareSeen(
      Flow flow, Direction by, FlowSide side, DecodedPacket p, int sequence, int from, int to) {
    SeenBytes seen = side.seen;
    int offset = p.payloadOffset - sequence;
    difference.begin();
    for (int at = from; at != to; at++) {
      difference.take(at, seen.at(at), p.buffer[offset + at]);
    }
    boolean isOneNetwork =
        StreamConflict.isOneNetwork(seen.originOf(to - 1), StreamConflict.origin(p));
    if (difference.isConflict() && isOneNetwork) {
      int first = difference.first();
      report(
          flow,
          side,
          new StreamConflict(
              by,
              first,
              (first - seen.first) & 0xFFFF_FFFFL,
              to - from,
              difference.bytes(),
              seen.from(from),
              seen.originOf(first),
              rest(p, offset + from),
              StreamConflict.origin(p),
              p.timestampNanos));
    }
  }

  private void compareKept(
      Flow flow,
      Direction by,
      FlowSide side,
      DecodedPacket p,
      int sequence,
      TcpStream.Segment kept) {
    int from = kept.sequence - sequence > 0 ? kept.sequence : sequence;
    int keptEnd = kept.sequence + kept.bytes.length;
    int to = keptEnd - sequence < p.payloadLength ? keptEnd : sequence + p.payloadLength;
    int origin = StreamConflict.origin(p);
    if (to - from <= 1 || !StreamConflict.isOneNetwork(kept.origin, origin)) {
      return;
    }
    int mine = p.payloadOffset - sequence;
    difference.begin();
    for (int at = from; at != to; at++) {
      difference.take(at, kept.bytes[at - kept.sequence], p.buffer[mine + at]);
    }
    if (difference.isConflict()) {
      int first = difference.first();
      int begin = side.seen == null ? side.nextSequence : side.seen.first;
      report(
          flow,
          side,
          new StreamConflict(
              by,
              first,
              (first - begin) & 0xFFFF_FFFFL,
              to - from,
              difference.bytes(),
              Arrays.copyOfRange(kept.bytes, from - kept.sequence, kept.bytes.length),
              kept.origin,
              rest(p, mine + from),
              origin,
              p.timestampNanos));
    }
  }

  private static byte[] rest(DecodedPacket p, int from) {
    int end = p.payloadOffset + p.payloadLength;
    return Arrays.copyOfRange(p.buffer, from, Math.min(end, from + SeenBytes.MOST));
  }

  private void report(Flow flow, FlowSide side, StreamConflict conflict) {
    TcpStream stream = side.stream();
    stream.conflictingBytes += conflict.differingBytes();
    if (stream.conflicts < HEARD) {
      stream.conflicts++;
      observer.conflict(flow, conflict);
    }
  }
}
