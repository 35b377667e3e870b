package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Whether a packet goes on exactly with a flow that was silent, whatever time has passed.
 *
 * <p>TCP: its sequence number is the next one of its side, or that of bytes missing before others;
 * or it acknowledges as much as its side did before, or what the other side had sent and nobody had
 * acknowledged, all of it or a part; or it repeats the SYN that no payload has followed. Another
 * connection on the same ports has such numbers in 1 of some 65,000 cases, and begins with a SYN of
 * its own. Other protocols: the originator spoke last, and the responder speaks now.
 */
final class Continuation {
  private static final int TCP = 6;

  private Continuation() {}

  /** Tells it of a packet of the flow's key. */
  static boolean of(Flow flow, DecodedPacket p) {
    boolean isOriginators = FlowIndex.fromOriginator(flow, p);
    if (p.protocol != TCP) {
      return !isOriginators && (flow.marks & Marks.ASKED) != 0;
    }
    Direction by = isOriginators ? Direction.ORIGINATOR : Direction.RESPONDER;
    if ((p.tcpFlags & (TcpTracker.SYN | TcpTracker.ACK)) == TcpTracker.SYN) {
      return isOriginators
          && p.sequence == flow.synSequence
          && is(flow, by, Marks.SYN)
          && !is(flow, by, Marks.DATA)
          && !is(flow, by.reverse(), Marks.DATA);
    }
    return isNext(flow, p, by) || ((p.tcpFlags & TcpTracker.ACK) != 0 && answers(flow, p, by));
  }

  /** Its number is among those of the next byte, of bytes missing before others, or behind all. */
  private static boolean isNext(Flow flow, DecodedPacket p, Direction by) {
    FlowSide side = flow.side(by);
    Direction peer = by.reverse();
    if (is(flow, by, Marks.SEQUENCE_KNOWN)) {
      int ahead = p.sequence - side.nextSequence;
      if (ahead >= 0 && ahead <= sentBehindNext(side)) {
        return true;
      }
    }
    return is(flow, peer, Marks.ACK_KNOWN) && p.sequence == flow.side(peer).highestAck;
  }

  /** It acknowledges no less than what its side had acknowledged, and no more than was sent. */
  private static boolean answers(Flow flow, DecodedPacket p, Direction by) {
    boolean isAcked = is(flow, by, Marks.ACK_KNOWN);
    int since = p.acknowledgment - flow.side(by).highestAck;
    if (isAcked && since == 0) {
      return true;
    }
    if (!is(flow, by.reverse(), Marks.SEQUENCE_KNOWN)) {
      return false;
    }
    FlowSide peer = flow.side(by.reverse());
    int ahead = p.acknowledgment - peer.nextSequence;
    return ahead == 0 || (isAcked && since > 0 && ahead <= sentBehindNext(peer));
  }

  /** How many bytes behind the next one expected were seen, in bytes. */
  private static int sentBehindNext(FlowSide side) {
    return side.stream == null ? 0 : Math.max(0, side.stream.keptReach(side.nextSequence));
  }

  private static boolean is(Flow flow, Direction by, int mark) {
    return (flow.marks & Marks.of(by, mark)) != 0;
  }
}
