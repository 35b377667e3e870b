package dev.forensics.indexer.capture;

import java.nio.file.Path;

/** A file is a capture of another tool. */
final class ForeignFormatException extends CaptureException {
  private static final long serialVersionUID = 1L;

  private final ForeignFormat format;

  ForeignFormatException(Path path, ForeignFormat format) {
    super(path, 0, format.advice());
    this.format = format;
  }

  ForeignFormat format() {
    return format;
  }
}
