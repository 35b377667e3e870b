package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * What the two sides of a flow (or of a tunnel within one) say to each other: identifies the
 * protocol of each side by content and hands the bytes to its parser. Bounded: until a side is
 * identified at most {@link DetectionSettings#identifyLimitBytes} of it are kept.
 */
public final class Dialogue {
  /** What it takes without parsers: both sides, the facts' frame, what was measured of unknowns. */
  private static final int OWN_BYTES = 500;

  final Flow flow;
  final ProtocolSet protocols;
  final DetectionSettings settings;

  private FlowFacts facts;
  private long givenBytes;
  private final DialogueSide originator;
  private final DialogueSide responder;
  private long ordinal;

  /** Begins with the first payload of a flow. */
  public Dialogue(Flow flow, FlowFacts facts, ProtocolSet protocols, DetectionSettings settings) {
    this.flow = flow;
    this.facts = facts;
    this.protocols = protocols;
    this.settings = settings;
    this.originator = new DialogueSide(this, Direction.ORIGINATOR);
    this.responder = new DialogueSide(this, Direction.RESPONDER);
  }

  /** Takes payload in order; the buffer is valid during the call only. */
  public void payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    ordinal++;
    givenBytes += length;
    side(direction).payload(buffer, offset, length, timestampNanos);
  }

  /** Bytes of this direction are missing here. */
  public void gap(Direction direction, long lengthBytes, long timestampNanos) {
    side(direction).gap(lengthBytes, timestampNanos);
  }

  /** False once this direction's bytes are of no use to anybody; it never becomes true again. */
  public boolean wants(Direction direction) {
    return side(direction).wanted();
  }

  /**
   * Roughly how many bytes of memory it takes, parsers and facts included; from what was said
   * alone, so that it is the same in every run over the same packets.
   */
  public int keptBytes() {
    ProtocolParser first = originator.parser();
    ProtocolParser second = responder.parser();
    int bytes = OWN_BYTES + originator.prefixBytes() + responder.prefixBytes();
    if (first != null) {
      bytes += first.keptBytes(givenBytes);
    }
    if (second != null && second != first) {
      bytes += second.keptBytes(givenBytes);
    }
    return bytes;
  }

  /** What was learned so far. */
  public FlowFacts facts() {
    return facts;
  }

  /** The flow ended: bytes that no protocol knew until now are unknown. */
  public void ended() {
    originator.close();
    responder.close();
    ProtocolParser first = originator.parser();
    ProtocolParser second = responder.parser();
    if (first != null) {
      first.ended();
    }
    if (second != null && second != first) {
      second.ended();
    }
    originator.ended();
    responder.ended();
  }

  /** Gives up: a parser failed. */
  void abandon() {
    originator.abandon();
    responder.abandon();
  }

  /** The flow goes on in its next segment, with facts of its own. */
  void nextSegment(FlowFacts next) {
    next.originatorProtocol = facts.originatorProtocol;
    next.responderProtocol = facts.responderProtocol;
    next.originatorUnknown = facts.originatorUnknown;
    next.responderUnknown = facts.responderUnknown;
    next.application = facts.application;
    facts = next;
    continueWith(originator, next);
    if (responder.parser() != originator.parser() || originator.parser() == null) {
      continueWith(responder, next);
    }
  }

  private void continueWith(DialogueSide side, FlowFacts next) {
    ProtocolParser parser = side.parser();
    if (parser != null && !parser.nextSegment(next)) {
      if (originator.parser() == responder.parser()) {
        side(Direction.ORIGINATOR).abandon();
        side(Direction.RESPONDER).abandon();
      } else {
        side.abandon();
      }
    }
  }

  /** The parser of a protocol that the other side may have opened already. */
  ProtocolParser parserOf(Protocol protocol) {
    if (originator.protocol() == protocol && originator.parser() != null) {
      return originator.parser();
    }
    if (responder.protocol() == protocol && responder.parser() != null) {
      return responder.parser();
    }
    return protocol.open(flow, facts);
  }

  /** Whether these first bytes of a direction and what the other one said are a protocol's. */
  long identifyTogether(Direction direction, byte[] buffer, int offset, int length) {
    return side(direction.reverse()).identifyTogether(buffer, offset, length);
  }

  /** A side was identified. */
  void identified(Direction direction, Protocol protocol, ProtocolParser parser, long since) {
    name(direction, protocol.name());
    if (protocol.ownsBothSides()) {
      side(direction.reverse()).adopt(protocol, parser, since);
    }
  }

  /** A side that was identified has given its kept bytes to the parser. */
  void caughtUp(Direction direction) {
    side(direction.reverse()).caughtUp();
  }

  /** Number of the payload that is being looked at, of either direction. */
  long ordinal() {
    return ordinal;
  }

  /** A side's bytes are known to no protocol. */
  void unknown(Direction direction, UnknownBytes bytes) {
    if (direction == Direction.ORIGINATOR) {
      facts.originatorUnknown = bytes;
    } else {
      facts.responderUnknown = bytes;
    }
    facts.changed();
  }

  /** A side speaks this protocol. */
  void name(Direction direction, String protocol) {
    if (direction == Direction.ORIGINATOR) {
      facts.originatorProtocol = protocol;
    } else {
      facts.responderProtocol = protocol;
    }
    facts.changed();
  }

  private DialogueSide side(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }
}
