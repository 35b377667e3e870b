package dev.forensics.indexer.capture;

import java.io.IOException;

/** How much a capture file holds once it is uncompressed. */
final class ContentLength {
  private static final int SCRATCH_BYTES = 256 * 1024;

  private ContentLength() {}

  /**
   * Length of the uncompressed capture in bytes. A compressed file is decompressed for that, since
   * the length it may state is missing, ambiguous or untrue.
   */
  static long of(CaptureFile capture) throws IOException {
    if (capture.compression() == Compression.NONE) {
      return capture.sizeBytes();
    }
    FileBytes file = CaptureOpener.openFile(capture.path());
    try (ByteSource source = CaptureOpener.sourceOf(capture.path(), file, capture.compression())) {
      return count(source);
    }
  }

  private static long count(ByteSource source) {
    byte[] scratch = new byte[SCRATCH_BYTES];
    long bytes = 0;
    try {
      int count;
      while ((count = source.read(scratch, 0, scratch.length)) > 0) {
        bytes += count;
      }
    } catch (IOException e) {
      // Corrupt from here on: it holds what came before.
      return bytes;
    }
    return bytes;
  }
}
