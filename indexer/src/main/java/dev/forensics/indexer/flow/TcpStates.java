package dev.forensics.indexer.flow;

/**
 * States of one side of a TCP connection and the summary of both, as Zeek defines conn_state. A
 * side's state stands in the lowest bits of its {@link Marks}.
 */
final class TcpStates {
  /** Sent nothing yet. */
  static final int INACTIVE = 0;

  /** Originator: sent a SYN that was not answered. */
  static final int SYN_SENT = 1;

  /** Sent packets without SYN: midstream. */
  static final int PARTIAL = 2;

  /** The side's SYN was seen answered, or it answered one. */
  static final int ESTABLISHED = 3;

  /** Sent a FIN. */
  static final int CLOSED = 4;

  /** Sent a valid RST. */
  static final int RESET = 5;

  private TcpStates() {}

  static int get(Flow flow, Direction direction) {
    return (direction == Direction.ORIGINATOR ? flow.marks : flow.marks >>> 16) & Marks.STATE_MASK;
  }

  static void set(Flow flow, Direction direction, int state) {
    flow.marks = (flow.marks & ~Marks.of(direction, Marks.STATE_MASK)) | Marks.of(direction, state);
    summarize(flow);
  }

  /** Sets the flow's summary from the states of its sides. */
  static void summarize(Flow flow) {
    flow.connectionState = summary(flow);
  }

  private static ConnectionState summary(Flow flow) {
    int originator = get(flow, Direction.ORIGINATOR);
    int responder = get(flow, Direction.RESPONDER);
    if (responder == RESET) {
      return reset(flow, originator);
    }
    if (originator == RESET) {
      return inactive(responder) ? ConnectionState.RSTOS0 : ConnectionState.RSTO;
    }
    if (originator == CLOSED && responder == CLOSED) {
      return ConnectionState.SF;
    }
    if (originator == CLOSED) {
      return inactive(responder) ? ConnectionState.SH : ConnectionState.S2;
    }
    if (responder == CLOSED) {
      return inactive(originator) ? ConnectionState.SHR : ConnectionState.S3;
    }
    if (originator == SYN_SENT && responder == INACTIVE) {
      return ConnectionState.S0;
    }
    boolean established = originator == ESTABLISHED && responder == ESTABLISHED;
    return established ? ConnectionState.S1 : ConnectionState.OTH;
  }

  private static ConnectionState reset(Flow flow, int originator) {
    boolean silent =
        flow.segment == 1 && flow.originator.payloadBytes == 0 && flow.responder.payloadBytes == 0;
    if (originator == SYN_SENT || (originator == RESET && silent)) {
      return ConnectionState.REJ;
    }
    return inactive(originator) ? ConnectionState.RSTRH : ConnectionState.RSTR;
  }

  private static boolean inactive(int state) {
    return state == INACTIVE || state == PARTIAL;
  }
}
