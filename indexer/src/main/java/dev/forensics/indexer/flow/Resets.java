package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * What a RST does to a connection, and whether the connection obeyed it.
 *
 * <p>A RST counts only where a receiver might take it: at or closely behind what the other side
 * acknowledged (or, when that is not known, around what its sender sent last); others are in the
 * history and counted, but end nothing (RFC 9293 section 3.5.3; RFC 5961 section 3.2 is stricter,
 * but a capture does not show everything).
 *
 * <p>Anybody on the way can send one that fits. It was not obeyed when a side acknowledges what the
 * other sent behind it: who had sent it would send nothing more, and who had taken it would
 * acknowledge nothing. Segments that were under way, and such that are sent again, are not
 * acknowledged. The connection is then what it was before, and the RST is counted. Where a segment
 * of the flow is cut before that, it stays reset.
 */
final class Resets {
  /** How far behind the expected number a RST may be, in bytes. */
  private static final int RANGE = 1 << 20;

  private Resets() {}

  /** Takes a RST; true when it changed the connection's state. */
  static boolean take(
      Flow flow, DecodedPacket p, Direction by, FlowSide side, FlowCounters counters) {
    boolean isClosed = (flow.marks & Marks.CLOSED) != 0;
    if (!isPlausible(flow, p, by, side)) {
      counters.invalidResets++;
      if (!isClosed) {
        side.stream().ignoredResets++;
      }
      return false;
    }
    boolean isFirst = TcpStates.get(flow, by) != TcpStates.RESET;
    if (!isClosed || flow.reset != null) {
      if (flow.reset == null) {
        flow.reset = new ResetDoubt(flow, by, p.sequence);
      } else {
        flow.reset.again(flow, by, p.sequence);
      }
    }
    TcpStates.set(flow, by, TcpStates.RESET);
    flow.marks |= Marks.CLOSED;
    return isFirst;
  }

  /** A side's acknowledgment number was followed; true when it shows that no RST was obeyed. */
  static boolean areDisobeyed(Flow flow, int acknowledgment, Direction by, FlowSide side) {
    boolean isBelieved =
        (flow.marks & Marks.of(by, Marks.ACK_KNOWN)) != 0 && side.highestAck == acknowledgment;
    if (!isBelieved || !flow.reset.isBehind(flow, by.reverse(), acknowledgment)) {
      return false;
    }
    takeBack(flow);
    return true;
  }

  /** A SYN-ACK answers the SYN behind a RST: the connection is about to be opened. */
  static void answered(Flow flow, DecodedPacket p, Direction by) {
    boolean isNew = (flow.reset.marks & Marks.of(by, Marks.SYN)) == 0;
    if (isNew
        && by == Direction.RESPONDER
        && flow.reset.by == by
        && p.acknowledgment == flow.synSequence + 1) {
      takeBack(flow);
    }
  }

  private static void takeBack(Flow flow) {
    ResetDoubt doubt = flow.reset;
    flow.reset = null;
    flow.ownSide(doubt.by).stream().ignoredResets += doubt.resets;
    int both = Marks.FIN | (Marks.FIN << 16);
    flow.marks &= ~(Marks.RST | (Marks.RST << 16)); // the next one is told again
    if ((flow.marks & both) != both) {
      flow.marks &= ~Marks.CLOSED;
    }
    takeBack(flow, Direction.ORIGINATOR, doubt.marks);
    takeBack(flow, Direction.RESPONDER, doubt.marks >>> 16);
  }

  private static void takeBack(Flow flow, Direction side, int marksBefore) {
    if (TcpStates.get(flow, side) != TcpStates.RESET) {
      return;
    }
    int before = marksBefore & Marks.STATE_MASK;
    boolean isAnswered =
        before == TcpStates.SYN_SENT
            && TcpStates.get(flow, side.reverse()) == TcpStates.ESTABLISHED;
    boolean isFinished = (flow.marks & Marks.of(side, Marks.FIN)) != 0;
    int open = isAnswered ? TcpStates.ESTABLISHED : before;
    TcpStates.set(flow, side, isFinished ? TcpStates.CLOSED : open);
  }

  private static boolean isPlausible(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    FlowSide peer = flow.side(by.reverse());
    boolean sequenceKnown = (flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) != 0;
    boolean acked = (flow.marks & Marks.of(by.reverse(), Marks.ACK_KNOWN)) != 0;
    if (acked && inRange(p.sequence - peer.highestAck, 1, RANGE)) {
      return true;
    }
    if (sequenceKnown) {
      int range = acked ? 1 : RANGE;
      return inRange(p.sequence - side.nextSequence, range, range);
    }
    boolean peerKnown = (flow.marks & Marks.of(by.reverse(), Marks.SEQUENCE_KNOWN)) != 0;
    if (!acked && peerKnown && (p.tcpFlags & TcpTracker.ACK) != 0) {
      return inRange(p.acknowledgment - peer.nextSequence, RANGE, RANGE);
    }
    return !acked;
  }

  private static boolean inRange(int difference, int below, int above) {
    return difference >= -below && difference <= above;
  }
}
