package dev.forensics.indexer.flow;

/** The side of a flow that sent something. */
public enum Direction {
  /** Sent by the side that opened the flow, as far as the flow table can tell. */
  ORIGINATOR,
  /** Sent by the other side. */
  RESPONDER;

  /** The other direction. */
  public Direction reverse() {
    return this == ORIGINATOR ? RESPONDER : ORIGINATOR;
  }
}
