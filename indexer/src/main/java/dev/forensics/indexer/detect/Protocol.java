package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * One application protocol: knows it by its content and makes the parser of a flow that speaks it.
 * Stateless and shared by all flows. Its Javadoc states the odds of taking random bytes for its
 * own; the false-alarm farm (docs/testing.md) holds it against ordinary traffic of others.
 */
public interface Protocol {
  /** ECS network.protocol, lower case: "http", "tls", "ssh"... */
  String name();

  /** True when it runs over this IP protocol (6 TCP, 17 UDP, 132 SCTP). */
  boolean runsOver(int ipProtocol);

  /**
   * Looks at the first payload bytes of one direction (TCP: the stream so far; UDP: a datagram).
   * Must not depend on ports. Never answers NO for a prefix of what it answers YES to.
   *
   * @param offset in bytes from the start of buffer
   * @param length in bytes, at least 1
   */
  Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow);

  /** A parser for a flow of which at least one direction answered YES. Called once a flow. */
  ProtocolParser open(Flow flow, FlowFacts facts);

  /**
   * True when a message of this protocol can be recognized at any segment of a stream, so that a
   * stream joined in its middle, or after a gap, is searched for one.
   */
  default boolean recognizableMidstream() {
    return false;
  }

  /**
   * Looks at all that was captured of a direction's beginning before a gap or its end, after {@link
   * #identify} answered MORE to it.
   *
   * @return true when that is enough to take the direction for this protocol
   */
  default boolean recognizableCutOff(byte[] buffer, int offset, int length) {
    return false;
  }

  /**
   * Looks at the first bytes of both directions, of which neither proves anything alone. Asked
   * while {@link #identify} answers MORE to what was kept of one of them.
   *
   * @param kept first bytes of the direction that spoke before, from index 0
   * @param offset of the other direction's first bytes, from the start of buffer
   */
  default boolean recognizableTogether(
      byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    return false;
  }

  /**
   * True when the other side's bytes need no identification of their own once one side was
   * identified (because they are opaque, or say nothing by themselves): the parser gets both.
   */
  default boolean ownsBothSides() {
    return false;
  }
}
