package dev.forensics.indexer.flow;

/**
 * What was so when a RST came that closed a connection, while it may turn out that the connection
 * did not obey it. One is made for the first RST; later ones move its ends on.
 */
final class ResetDoubt {
  /** Memory of one, in bytes. */
  static final int OWN_BYTES = 56;

  /** The marks of both sides before the first RST. */
  final int marks;

  /** How many RSTs came. */
  int resets;

  /** In whose name the latest came. */
  Direction by;

  /** Its sequence number. */
  int sequence;

  /** Whether payload of each side had come before, or the side's own RST tells that it was sent. */
  private final boolean originatorSpoke;

  private final boolean responderSpoke;

  /** How far each side had sent when the latest came, as a sequence number, where it is known. */
  private int originatorEnd;

  private int responderEnd;
  private boolean originatorKnown;
  private boolean responderKnown;

  /** The first RST comes, in this side's name. */
  ResetDoubt(Flow flow, Direction sender, int resetSequence) {
    marks = flow.marks;
    again(flow, sender, resetSequence);
    originatorSpoke =
        spoke(flow, Direction.ORIGINATOR)
            || (sender == Direction.ORIGINATOR && originatorKnown && sequence - originatorEnd > 0);
    responderSpoke =
        spoke(flow, Direction.RESPONDER)
            || (sender == Direction.RESPONDER && responderKnown && sequence - responderEnd > 0);
  }

  private static boolean spoke(Flow flow, Direction side) {
    return flow.side(side).payloadBytes > 0 || flow.uncapturedBytes(side) > 0;
  }

  /** A RST comes in this side's name. */
  final void again(Flow flow, Direction sender, int resetSequence) {
    resets++;
    by = sender;
    sequence = resetSequence;
    originatorKnown = isKnown(flow, Direction.ORIGINATOR);
    originatorEnd = end(flow, Direction.ORIGINATOR);
    responderKnown = isKnown(flow, Direction.RESPONDER);
    responderEnd = end(flow, Direction.RESPONDER);
  }

  /** True when this side had sent no payload before. */
  boolean isBeforePayloadOf(Direction side) {
    return side == Direction.ORIGINATOR ? !originatorSpoke : !responderSpoke;
  }

  /** True when this side had sent, when the RST came, no further than to this number. */
  boolean isBehind(Flow flow, Direction side, int acknowledged) {
    boolean isOriginator = side == Direction.ORIGINATOR;
    if (!(isOriginator ? originatorKnown : responderKnown)) {
      return (flow.marks & ~marks & Marks.of(side, Marks.SYN)) != 0;
    }
    int end = isOriginator ? originatorEnd : responderEnd;
    if (acknowledged - end <= 0) {
      return false;
    }
    // The RST may have overtaken the last bytes before it.
    boolean isFilled = side == by && flow.side(side).nextSequence == sequence;
    return !isFilled || acknowledged - sequence > 0;
  }

  private static boolean isKnown(Flow flow, Direction side) {
    return (flow.marks & Marks.of(side, Marks.SEQUENCE_KNOWN)) != 0
        || (flow.marks & Marks.of(side.reverse(), Marks.ACK_KNOWN)) != 0;
  }

  private static int end(Flow flow, Direction side) {
    int acknowledged = flow.side(side.reverse()).highestAck;
    if ((flow.marks & Marks.of(side, Marks.SEQUENCE_KNOWN)) == 0) {
      return acknowledged;
    }
    FlowSide sender = flow.side(side);
    int kept = sender.stream == null ? 0 : sender.stream.keptReach(sender.nextSequence);
    int sent = sender.nextSequence + kept;
    boolean isAcknowledged = (flow.marks & Marks.of(side.reverse(), Marks.ACK_KNOWN)) != 0;
    return isAcknowledged && acknowledged - sent > 0 ? acknowledged : sent;
  }
}
