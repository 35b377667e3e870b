package dev.forensics.indexer.detect.text;

import dev.forensics.indexer.detect.wire.ByteAssembly;

/**
 * Cuts one direction's stream into lines (LF, the CR before it removed). A line longer than {@link
 * #LIMIT} keeps its beginning and is marked as cut; memory stays bounded by that limit.
 */
final class LineBuffer {
  /** Bytes of a line that are kept: SMTP allows 512, FTP paths and SASL responses are longer. */
  static final int LIMIT = 1024;

  private final ByteAssembly line = new ByteAssembly(LIMIT);
  private long skip;
  private boolean complete;
  private boolean broken;

  /** Takes the next line's end out of the payload. Returns how many bytes were consumed. */
  int feed(byte[] buffer, int offset, int length) {
    if (skip > 0) {
      int skipped = (int) Math.min(skip, length);
      skip -= skipped;
      return skipped;
    }
    for (int i = 0; i < length; i++) {
      if (buffer[offset + i] == '\n') {
        add(buffer, offset, i);
        complete = true;
        return i + 1;
      }
    }
    add(buffer, offset, length);
    return length;
  }

  private void add(byte[] buffer, int offset, int length) {
    line.add(buffer, offset, length);
  }

  /** True when a whole line stands in the buffer. */
  boolean complete() {
    return complete;
  }

  /** True when the line lost bytes in its middle and must not be read. */
  boolean broken() {
    return broken;
  }

  byte[] bytes() {
    return line.bytes();
  }

  /** Length of the line without CR and LF, at most {@link #LIMIT}. */
  int length() {
    int length = line.length();
    return length > 0 && line.bytes()[length - 1] == '\r' ? length - 1 : length;
  }

  /** Makes room for the next line. */
  void next() {
    line.clear();
    complete = false;
    broken = false;
  }

  /** Leaves out bytes that are no lines, from here on. */
  void skip(long bytes) {
    skip = Math.max(0, bytes);
  }

  /** Bytes were lost: what stands here belongs to a line without a beginning or an end. */
  void gap(long bytes) {
    if (skip > 0) {
      skip = Math.max(0, skip - bytes);
    } else {
      broken = true;
    }
  }
}
