package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Who is the server of a flow. */
public final class Endpoints {
  private static final int UDP = 17;

  private Endpoints() {}

  /** The server's port: of the side that did not open the conversation. */
  public static int serverPort(Flow flow) {
    return flow.opener == Direction.ORIGINATOR ? flow.responderPort : flow.originatorPort;
  }

  /** High 64 bits of the server's address; 0 for IPv4. */
  public static long serverHigh(Flow flow) {
    return flow.opener == Direction.ORIGINATOR ? flow.responderHigh : flow.originatorHigh;
  }

  /** Low 64 bits of the server's address. */
  public static long serverLow(Flow flow) {
    return flow.opener == Direction.ORIGINATOR ? flow.responderLow : flow.originatorLow;
  }

  /**
   * Takes from a datagram that it answers a question which is not in the flow: its receiver is the
   * client, unless that is a group. Answers to groups' questions come in flows of their own.
   */
  public static void isAnswer(Flow flow, Direction direction) {
    Direction asker = direction.reverse();
    boolean originator = asker == Direction.ORIGINATOR;
    long high = originator ? flow.originatorHigh : flow.responderHigh;
    long low = originator ? flow.originatorLow : flow.responderLow;
    boolean group = flow.ipVersion == 4 ? low >>> 28 >= 0xE : high >>> 56 == 0xFF;
    if (flow.protocol == UDP && flow.side(asker).packets == 0 && !group) {
      flow.opener = asker;
    }
  }

  /**
   * Takes from a protocol who the client is, where the flow table could only guess: for a flow
   * joined in its middle.
   */
  public static void clientIs(Flow flow, Direction client) {
    if (flow.midstream) {
      flow.opener = client;
    }
  }
}
