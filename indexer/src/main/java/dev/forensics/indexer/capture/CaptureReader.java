package dev.forensics.indexer.capture;

import java.io.Closeable;

/** Reads the records of one capture in file order. Not thread-safe. */
public interface CaptureReader extends Closeable {
  /**
   * Moves to the next complete record.
   *
   * @param into filled when the answer is true, otherwise unchanged
   * @return false when no complete record follows; on a growing capture a later call may answer
   *     true
   * @throws CaptureException when the file is broken at this place; what came before stays valid
   *     and the reader gives nothing more
   */
  boolean next(PacketRecord into) throws CaptureException;

  /**
   * Offset just past the last returned record, in bytes of the uncompressed capture; a reader
   * opened at this position goes on with the record after it.
   */
  long position();

  /**
   * Bytes of an incomplete record behind {@link #position()}, 0 when the capture ends cleanly.
   * Meaningful after {@link #next} has answered false.
   */
  long trailingBytes();
}
