package dev.forensics.indexer.flow;

/** Why a flow, or a numbered segment of it, ended. */
public enum EndReason {
  /** Both sides closed (TCP FIN). */
  FIN,
  /** A side reset the connection. */
  RST,
  /** No packet for the idle time-out, in packet time. */
  IDLE,
  /** A long flow was cut into its next numbered segment. */
  ACTIVE,
  /** Evicted as least recently seen since the table was full. */
  EVICTED,
  /** A new connection began on the same 5-tuple. */
  REUSED,
  /** The sensor's captures ended. */
  END_OF_INPUT;
}
