package dev.forensics.indexer.document;

import dev.forensics.indexer.capture.CaptureId;

/**
 * The captures of a sensor by their ordinals, as {@link
 * dev.forensics.indexer.flow.Flow#lastCaptureIndex} and packet pointers name them. Called from the
 * threads that write documents.
 */
public interface CaptureLookup {
  /** Identity of a capture; null when the ordinal is not known. */
  CaptureId id(int captureIndex);

  /** Path under which the capture was read; null when the ordinal is not known. */
  String path(int captureIndex);

  /**
   * The pcapng section that a record stands in.
   *
   * @param position the record's position in the capture, in bytes
   * @return offset of the section's header; NO_SECTION of {@link
   *     dev.forensics.indexer.capture.PacketRecord} when there is none or it is not known
   */
  long section(int captureIndex, long position);
}
