package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.file.Path;

/** A capture cannot be read on: names the file, the place and the problem. */
public class CaptureException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param path the capture file
   * @param position where reading stopped, in bytes of the uncompressed capture
   * @param problem what is wrong there, in a few words
   */
  public CaptureException(Path path, long position, String problem) {
    super("%s: at byte %d: %s".formatted(path, position, problem));
  }

  /** A file that cannot even be opened. */
  CaptureException(Path path, String problem, Throwable cause) {
    super("%s: %s".formatted(path, problem), cause);
  }

  /** As the first constructor, with the cause of a failed read. */
  public CaptureException(Path path, long position, String problem, Throwable cause) {
    super("%s: at byte %d: %s".formatted(path, position, problem), cause);
  }
}
