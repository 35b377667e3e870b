package dev.forensics.indexer.capture;

import java.io.Closeable;
import java.io.IOException;

/**
 * The uncompressed bytes of one capture, in order. The end is only the end for now: a growing file
 * may give more later. Not thread-safe. After an {@link IOException} every later read throws it
 * again.
 */
interface ByteSource extends Closeable {
  /**
   * Reads on.
   *
   * @param length the most bytes to store, at least 1
   * @return bytes stored, 1..length; 0 when nothing more is there now
   * @throws IOException when the bytes cannot be had: corrupt compression, a file that shrank
   */
  int read(byte[] into, int offset, int length) throws IOException;

  /** False when the last read stopped inside a compressed frame, so that bytes are missing. */
  boolean endsCleanly();

  /** True when {@link #seek} works: the file is not compressed. */
  boolean seekable();

  /**
   * Goes to any place at no cost.
   *
   * @param position in bytes of the capture
   * @throws UnsupportedOperationException when not {@link #seekable()}
   */
  void seek(long position);
}
