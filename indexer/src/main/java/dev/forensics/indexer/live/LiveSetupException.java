package dev.forensics.indexer.live;

/**
 * Capturing cannot begin: libpcap, the right, the interface or the filter. The message is one line
 * that says what to do.
 */
public final class LiveSetupException extends Exception {
  private static final long serialVersionUID = 1;

  LiveSetupException(String message) {
    super(message);
  }
}
