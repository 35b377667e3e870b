package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Who is the server of a flow. */
public final class Endpoints {
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
   * Takes from a protocol who the client is, where the flow table could only guess: for a flow
   * joined in its middle.
   */
  public static void clientIs(Flow flow, Direction client) {
    if (flow.midstream) {
      flow.opener = client;
    }
  }
}
