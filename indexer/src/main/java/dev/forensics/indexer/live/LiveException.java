package dev.forensics.indexer.live;

/** Capturing had begun and cannot go on; what was captured before is in the files. */
public final class LiveException extends Exception {
  private static final long serialVersionUID = 1;

  LiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
