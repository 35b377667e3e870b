package dev.forensics.indexer.index;

import java.io.IOException;

/**
 * Documents could not be delivered within the time given. They are not lost: the ledger has not
 * moved past them, so the next run reads them again.
 */
public final class UndeliveredException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the reason, and the cause or null. */
  public UndeliveredException(String message, Throwable cause) {
    super(message, cause);
  }
}
