package dev.forensics.indexer.capture;

import java.io.IOException;

/**
 * The system could not read a file though it was tried several times, such as a disk or a network
 * file system with a fault: it says nothing about what the file holds, and may be over later.
 */
public final class ReadFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  ReadFailedException(int tries, IOException cause) {
    super("%s (tried %d times)".formatted(cause.getMessage(), tries), cause);
  }

  /** True when a failed read is why something went wrong. */
  public static boolean isBehind(Throwable problem) {
    Throwable cause = problem;
    while (cause != null && !(cause instanceof ReadFailedException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }
}
