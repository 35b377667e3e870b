package dev.forensics.indexer.flow;

/**
 * Summary of a TCP connection, in the terms of Zeek's conn_state; other transports use few of them.
 */
public enum ConnectionState {
  /** Attempt seen, no reply. */
  S0,
  /** Established, not terminated. */
  S1,
  /** Normal establishment and termination. */
  SF,
  /** Attempt rejected. */
  REJ,
  /** Established; close attempt by the originator seen, none by the responder. */
  S2,
  /** Established; close attempt by the responder seen, none by the originator. */
  S3,
  /** Established; the originator aborted. */
  RSTO,
  /** Established; the responder aborted. */
  RSTR,
  /** The originator sent a SYN followed by a RST; no SYN-ACK seen. */
  RSTOS0,
  /** The responder sent a SYN-ACK followed by a RST; no SYN of the originator seen. */
  RSTRH,
  /** The originator sent a SYN followed by a FIN; no SYN-ACK seen. */
  SH,
  /** The responder sent a SYN-ACK followed by a FIN; no SYN of the originator seen. */
  SHR,
  /** No SYN seen: midstream traffic. */
  OTH;
}
