package dev.forensics.indexer.detect;

/** What became of plaintext HTTP on an HTTPS port: forensics.alarm.outcome, in lower case. */
public enum Outcome {
  /** A request and a plaintext answer. */
  ACCEPTED,
  /** The server refused plaintext: its 400/497 page, or a TLS alert. */
  REJECTED,
  /** The connection was reset before an answer, and did not go on behind the reset. */
  RESET,
  /** The server's direction was captured, and it stayed silent. */
  UNANSWERED,
  /**
   * Only the request was captured: the answer is not in the capture, or its direction is not, or so
   * little of it that it may refuse plaintext.
   */
  REQUEST_ONLY,
  /** Only the answer was seen. */
  RESPONSE_ONLY,
  /** The conversation was joined in its middle. */
  MIDSTREAM;
}
