package dev.forensics.indexer.document;

/** How far a capture is: forensics.capture.state, in lower case. */
public enum CaptureState {
  /** Listed, not begun. */
  SEEN,
  /** Read up to its committed offset; more is to come. */
  READING,
  /** Read to its end. */
  DONE,
  /** Given up; the error says why. */
  FAILED;
}
