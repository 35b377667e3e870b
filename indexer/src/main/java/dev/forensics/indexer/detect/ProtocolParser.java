package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;

/**
 * Reads one flow's payload of one protocol and puts what it learns into facts of its own, kept in
 * the flow's {@link FlowFacts}. Bounded memory whatever comes; never throws for what is on the
 * wire.
 */
public interface ProtocolParser {
  /** What a parser and its facts take that keep little of what they read. */
  int TYPICAL_BYTES = 1_500;

  /** The most that such a parser holds back until a message is complete. */
  int MOST_BUFFERED_BYTES = 16_384;

  /**
   * Payload in order, from the first byte of the direction. Buffers are valid during the call only.
   *
   * @return false when this direction's bytes are of no more use
   */
  boolean payload(Direction direction, byte[] buffer, int offset, int length, long timestampNanos);

  /**
   * Bytes of this direction are missing here.
   *
   * @return false when the parser cannot go on with this direction
   */
  boolean gap(Direction direction, long lengthBytes, long timestampNanos);

  /**
   * Roughly how many bytes of memory it takes, its facts included. A number that depends on what it
   * was given and on nothing else. Asked after each payload, so it must be quick.
   *
   * @param givenBytes payload that the flow's parsers were given so far
   */
  default int keptBytes(long givenBytes) {
    return TYPICAL_BYTES + (int) Math.min(givenBytes, MOST_BUFFERED_BYTES);
  }

  /** No more payload of either direction will come: the flow, or its segment, ended. */
  default void ended() {}

  /**
   * A long flow was cut into its next numbered segment. The facts so far now belong to the written
   * document and must not be touched any more.
   *
   * @param facts takes what is learned from now on
   * @return false when the parser does not go on: the rest of the flow keeps its protocol's name
   *     and its bytes are not looked at
   */
  default boolean nextSegment(FlowFacts facts) {
    return false;
  }
}
