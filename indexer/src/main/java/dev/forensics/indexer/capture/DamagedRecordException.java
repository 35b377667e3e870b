package dev.forensics.indexer.capture;

import java.nio.file.Path;

/** What stands where a record should begin is none: behind it there may be records again. */
final class DamagedRecordException extends CaptureException {
  private static final long serialVersionUID = 1L;

  /**
   * @param path the capture file
   * @param position of what is no record, in bytes of the uncompressed capture
   * @param problem what is wrong there, in a few words
   */
  DamagedRecordException(Path path, long position, String problem) {
    super(path, position, problem + ": the file is damaged here");
  }
}
