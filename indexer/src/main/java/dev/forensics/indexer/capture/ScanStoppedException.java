package dev.forensics.indexer.capture;

import java.io.InterruptedIOException;

/** A folder was not looked through, since whoever wanted it ends. */
public final class ScanStoppedException extends InterruptedIOException {
  private static final long serialVersionUID = 1L;

  ScanStoppedException() {
    super("the folder was not looked through: the service is being stopped");
  }
}
