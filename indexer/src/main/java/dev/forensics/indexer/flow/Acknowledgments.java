package dev.forensics.indexer.flow;

/**
 * Follows the acknowledgment numbers of one side, and counts what they prove of the other: bytes of
 * a direction of which neither a SYN nor payload was captured.
 *
 * <p>A number that jumps further than {@value #BELIEVED_JUMP} bytes past everything known is
 * believed only when a later packet acknowledges more, and is taken back when the numbers return to
 * where they were: anybody can send one packet with any number.
 *
 * <p>A last step of one byte is as a rule a FIN that was not captured, and no payload. A FIN that
 * was acknowledged together with bytes counts as one of them.
 */
final class Acknowledgments {
  /** How far a number may jump on the word of one packet, in bytes. */
  static final int BELIEVED_JUMP = 1 << 20;

  private Acknowledgments() {}

  /** Takes the acknowledgment number of a packet of this side. */
  static void follow(Flow flow, int number, Direction by, FlowSide side) {
    boolean isKnown = (flow.marks & Marks.of(by, Marks.ACK_KNOWN)) != 0;
    int ahead = isKnown ? number - side.highestAck : 0;
    if (!isKnown) {
      first(flow, number, by, side);
    } else if (ahead > 0 && ahead <= BELIEVED_JUMP) {
      take(flow, number, ahead, by, side);
    } else if (ahead > BELIEVED_JUMP) {
      jump(flow, number, ahead, by, side);
    } else if (ahead < -BELIEVED_JUMP && side.stream != null) {
      goBack(flow, number, by, side);
    }
  }

  private static void first(Flow flow, int number, Direction by, FlowSide side) {
    if (wasSent(flow, number, by) || isConfirmed(side, number)) {
      flow.marks |= Marks.of(by, Marks.ACK_KNOWN);
      side.highestAck = number;
    } else {
      side.stream().doubt(number);
    }
  }

  /** True when the other side was seen to send so far, or when nothing is known of it. */
  private static boolean wasSent(Flow flow, int number, Direction by) {
    Direction peer = by.reverse();
    boolean isKnown = (flow.marks & Marks.of(peer, Marks.SEQUENCE_KNOWN)) != 0;
    return !isKnown || number - flow.side(peer).nextSequence <= BELIEVED_JUMP;
  }

  private static boolean isConfirmed(FlowSide side, int number) {
    return side.stream != null && side.stream.confirms(number);
  }

  private static void jump(Flow flow, int number, int ahead, Direction by, FlowSide side) {
    boolean isUnseen = (flow.marks & Marks.of(by.reverse(), Marks.SEQUENCE_KNOWN)) == 0;
    if (!isUnseen && wasSent(flow, number, by)) {
      take(flow, number, ahead, by, side);
    } else if (isConfirmed(side, number)) {
      side.stream.hasJumped = true;
      side.stream.jumpedFrom = side.highestAck;
      take(flow, number, ahead, by, side);
    } else {
      side.stream().doubt(number);
    }
  }

  /** The numbers are again where they were before a jump. */
  private static void goBack(Flow flow, int number, Direction by, FlowSide side) {
    TcpStream stream = side.stream;
    if (stream.hasJumped && Math.abs(number - stream.jumpedFrom) <= BELIEVED_JUMP) {
      TcpStream unseen = flow.side(by.reverse()).stream;
      if (unseen != null) {
        int since = side.highestAck - stream.jumpedFrom;
        unseen.unseenBytes = Math.max(0, unseen.unseenBytes - since);
      }
      side.highestAck = stream.jumpedFrom;
      stream.hasJumped = false;
      follow(flow, number, by, side);
    }
  }

  private static void take(Flow flow, int number, int step, Direction by, FlowSide side) {
    side.highestAck = number;
    Direction peer = by.reverse();
    if ((flow.marks & Marks.of(peer, Marks.SEQUENCE_KNOWN)) == 0) {
      TcpStream unseen = flow.ownSide(peer).stream();
      unseen.unseenBytes += step;
      unseen.endsInFin = step == 1 || (unseen.hasEnd() && unseen.end() + 1 == number);
    }
  }
}
