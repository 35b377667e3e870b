package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Follows TCP connections packet by packet: history, state of both sides, end and reuse; hands
 * payload to the {@link Reassembler}.
 */
final class TcpTracker {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int ACK = 16;

  private final FlowObserver observer;
  private final FlowCounters counters;
  private final Reassembler reassembler;
  private final long lingerNanos;

  TcpTracker(
      FlowSettings settings,
      FlowObserver observer,
      FlowCounters counters,
      Reassembler reassembler) {
    this.observer = observer;
    this.counters = counters;
    this.reassembler = reassembler;
    lingerNanos = settings.closedLinger().toNanos();
  }

  /**
   * Tells whether this packet begins a new connection on a flow's 5-tuple: a SYN with another
   * sequence number on a closed connection, on one that was silent for the linger time, or on a
   * midstream one; or the SYN-ACK that answers a SYN sent inside a connection.
   */
  boolean begins(Flow flow, DecodedPacket p, Direction by) {
    int flags = p.tcpFlags & (SYN | ACK | RST | FIN);
    if (flags == (SYN | ACK)) {
      return by == Direction.RESPONDER
          && (flow.marks & Marks.RENEWED) != 0
          && p.acknowledgment == flow.synSequence + 1
          && p.sequence + 1 != flow.responder.nextSequence;
    }
    if (flags != SYN || repeatsSyn(flow, p, by)) {
      return false;
    }
    if ((flow.marks & Marks.CLOSED) != 0) {
      return true;
    }
    if (TcpStates.get(flow, Direction.RESPONDER) == TcpStates.INACTIVE && !flow.midstream) {
      return false;
    }
    return flow.midstream || p.timeNanos() - flow.lastNanos > lingerNanos;
  }

  private static boolean repeatsSyn(Flow flow, DecodedPacket p, Direction by) {
    boolean sent = (flow.marks & Marks.of(by, Marks.SYN)) != 0;
    if (by == Direction.ORIGINATOR && sent) {
      return p.sequence == flow.synSequence;
    }
    boolean known = (flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) != 0;
    boolean acked = (flow.marks & Marks.of(by.reverse(), Marks.ACK_KNOWN)) != 0;
    int next = known ? flow.side(by).nextSequence : flow.side(by.reverse()).highestAck;
    int since = next - p.sequence;
    return (known || acked) && since > 0 && since < 65536;
  }

  /** Follows one packet, already counted in its side. */
  void packet(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    int flags = p.tcpFlags;
    boolean probe = isKeepAlive(flow, p, by, side);
    int payload = probe || (flags & RST) != 0 ? 0 : p.payloadWireLength;
    side.payloadBytes += payload;
    if ((flags & (SYN | FIN | RST)) == 0) {
      if (payload > 0) {
        History.addOnce(flow, by, Marks.DATA, 'D');
      } else if ((flags & ACK) != 0) {
        History.addOnce(flow, by, Marks.ACK, 'A');
      }
    }
    boolean changed = false;
    if ((flags & (SYN | FIN | RST)) != 0) {
      changed = control(flow, p, by, side);
    } else if (TcpStates.get(flow, by) < TcpStates.ESTABLISHED) {
      changed = withoutControl(flow, by, p);
    }
    if (p.window == 0 && (flags & (SYN | RST)) == 0) {
      zeroWindow(flow, by, side);
    }
    boolean acknowledges = (flags & (ACK | RST)) == ACK;
    if (acknowledges) {
      Acknowledgments.follow(flow, p.acknowledgment, by, side);
      if (flow.reset != null) {
        changed |= Resets.areDisobeyed(flow, p.acknowledgment, by, side);
      }
    }
    if (payload > 0) {
      reassembler.segment(flow, by, side, p, p.sequence + ((flags & SYN) >> 1));
    } else if ((flags & (SYN | FIN | RST)) == 0) {
      withoutPayload(flow, p.sequence, by, side);
    }
    if ((flags & (FIN | RST)) == FIN) {
      endsAt(flow, p.sequence + p.payloadWireLength, by, side);
    }
    if (acknowledges && counters.reassemblyBytes != 0) {
      reassembler.acknowledged(flow, by.reverse(), side.highestAck, p.timestampNanos);
    }
    if (changed) {
      observer.connectionChanged(flow, by, p.timestampNanos);
    }
  }

  /** Counts the FIN's own number, or remembers it while bytes before it are missing. */
  private static void endsAt(Flow flow, int finSequence, Direction by, FlowSide side) {
    boolean isKnown = (flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) != 0;
    int missing = finSequence - side.nextSequence;
    if (isKnown && missing == 0) {
      side.nextSequence++;
    } else if (!isKnown || missing > 0) {
      side.stream().endAt(finSequence);
    }
  }

  /** What its number says was sent before and has not been seen, as far as anything was. */
  private static void withoutPayload(Flow flow, int sequence, Direction by, FlowSide side) {
    if (sequence - side.nextSequence > 0
        && (flow.marks & Marks.of(by, Marks.SEQUENCE_KNOWN)) != 0) {
      side.stream().announce(sequence, side.nextSequence);
    }
  }

  /**
   * A keep-alive probe: nothing, or one byte that was sent before. Where nothing was sent before
   * (midstream), one zero byte is taken for a probe too.
   */
  private static boolean isKeepAlive(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    if (p.payloadWireLength != 1 || (p.tcpFlags & (SYN | FIN | RST)) != 0) {
      return false;
    }
    int known = Marks.of(by, Marks.SEQUENCE_KNOWN);
    if ((flow.marks & known) != 0) {
      return p.sequence + 1 == side.nextSequence;
    }
    if (p.payloadLength == 1 && p.buffer[p.payloadOffset] == 0) {
      flow.marks |= known;
      side.nextSequence = p.sequence + 1;
      return true;
    }
    return false;
  }

  private static void zeroWindow(Flow flow, Direction by, FlowSide side) {
    if (TcpStates.get(flow, by.reverse()) < TcpStates.CLOSED
        && TcpStates.get(flow, by) != TcpStates.RESET) {
      TcpStream stream = side.stream();
      stream.zeroWindows++;
      History.addLogarithmically(flow, by, stream.zeroWindows, 'W');
    }
  }

  /** A packet without SYN, FIN or RST of a side that is not established. */
  private static boolean withoutControl(Flow flow, Direction by, DecodedPacket p) {
    int state = TcpStates.get(flow, by);
    if (state != TcpStates.INACTIVE) {
      return false;
    }
    int peer = TcpStates.get(flow, by.reverse());
    if (peer == TcpStates.ESTABLISHED && (p.tcpFlags & ACK) != 0) {
      TcpStates.set(flow, by, TcpStates.ESTABLISHED);
      return true;
    }
    if (peer != TcpStates.SYN_SENT || p.payloadWireLength > 0) {
      TcpStates.set(flow, by, TcpStates.PARTIAL);
    }
    return false;
  }

  private boolean control(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    int flags = p.tcpFlags & (SYN | FIN | RST);
    if ((flags & (FIN | RST)) == (FIN | RST)) {
      History.addOnce(flow, by, Marks.INCONSISTENT, 'I');
    } else if ((flags & (flags - 1)) != 0) {
      History.addOnce(flow, by, Marks.MULTIPLE, 'Q');
    }
    if ((flags & RST) != 0) {
      return reset(flow, p, by, side);
    }
    boolean changed = (flags & SYN) != 0 && synchronize(flow, p, by, side);
    return (flags & FIN) != 0 ? finish(flow, p, by) : changed;
  }

  /** Sets a mark of a SYN, FIN or RST; its letter only where no other of them came along. */
  private static void note(Flow flow, DecodedPacket p, Direction by, int mark, char letter) {
    int flags = p.tcpFlags & (SYN | FIN | RST);
    if ((flags & (flags - 1)) == 0) {
      History.addOnce(flow, by, mark, letter);
    }
    flow.marks |= Marks.of(by, mark);
  }

  private static boolean synchronize(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    boolean answer = (p.tcpFlags & ACK) != 0;
    boolean first = (flow.marks & Marks.of(by, Marks.SYN)) == 0;
    note(flow, p, by, Marks.SYN, answer ? 'H' : 'S');
    if (answer && flow.reset != null) {
      Resets.answered(flow, p, by);
    }
    int state = TcpStates.get(flow, by);
    boolean fresh = state == TcpStates.INACTIVE || state == TcpStates.SYN_SENT;
    if (state >= TcpStates.CLOSED) {
      flow.forgetSeenBytes(); // perhaps another connection with the same numbers
    }
    if (by == Direction.ORIGINATOR) {
      if (!first && p.sequence != flow.synSequence) {
        if ((p.tcpFlags & FIN) == 0) {
          History.add(flow, by, answer ? 'H' : 'S');
        }
        flow.marks |= fresh ? 0 : Marks.RENEWED;
      }
      flow.synSequence = p.sequence;
    }
    if (fresh) {
      flow.marks |= Marks.of(by, Marks.SEQUENCE_KNOWN);
      side.nextSequence = p.sequence + 1;
      Reassembler.seenFromHere(side);
    }
    if (by == Direction.ORIGINATOR) {
      return fresh && openByOriginator(flow);
    }
    return fresh && answerByResponder(flow);
  }

  private static boolean openByOriginator(Flow flow) {
    boolean answered = TcpStates.get(flow, Direction.RESPONDER) == TcpStates.ESTABLISHED;
    TcpStates.set(
        flow, Direction.ORIGINATOR, answered ? TcpStates.ESTABLISHED : TcpStates.SYN_SENT);
    return answered;
  }

  private static boolean answerByResponder(Flow flow) {
    int originator = TcpStates.get(flow, Direction.ORIGINATOR);
    if (originator == TcpStates.SYN_SENT) {
      TcpStates.set(flow, Direction.ORIGINATOR, TcpStates.ESTABLISHED);
    }
    TcpStates.set(flow, Direction.RESPONDER, TcpStates.ESTABLISHED);
    return originator == TcpStates.SYN_SENT;
  }

  private static boolean finish(Flow flow, DecodedPacket p, Direction by) {
    if ((flow.marks & Marks.of(by, Marks.FIN)) != 0) {
      return false;
    }
    note(flow, p, by, Marks.FIN, 'F');
    if (TcpStates.get(flow, by) != TcpStates.RESET) {
      TcpStates.set(flow, by, TcpStates.CLOSED);
    }
    if ((flow.marks & Marks.of(by.reverse(), Marks.FIN)) != 0) {
      flow.marks |= Marks.CLOSED;
    }
    return true;
  }

  private boolean reset(Flow flow, DecodedPacket p, Direction by, FlowSide side) {
    note(flow, p, by, Marks.RST, 'R');
    return Resets.take(flow, p, by, side, counters);
  }

  /** Why a flow that is over ended. */
  static EndReason reason(Flow flow) {
    if ((flow.marks & Marks.CLOSED) == 0) {
      return EndReason.IDLE;
    }
    int both = Marks.FIN | (Marks.FIN << 16);
    return (flow.marks & both) == both ? EndReason.FIN : EndReason.RST;
  }
}
