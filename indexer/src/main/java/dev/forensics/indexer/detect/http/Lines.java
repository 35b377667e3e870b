package dev.forensics.indexer.detect.http;

import java.util.Arrays;

/**
 * Cuts a stream into lines. A line that stands in one buffer is shown in place; one that spans
 * buffers is put together, up to a limit past which its end is dropped.
 */
final class Lines {
  /** Longest line that is kept, in bytes. */
  static final int LIMIT = 16_384;

  /** The bytes of the line; valid until the next call. Borrowed, so no part of the state. */
  transient byte[] bytes;

  /** Start of the line in {@link #bytes}. */
  int offset;

  /** Bytes of the line, without its end. */
  int length;

  /** True when {@link #read} reached the end of a line. */
  boolean complete;

  /** True when the line was longer than the limit. */
  boolean cut;

  private byte[] held;
  private int heldLength;
  private boolean heldCut;

  /** Length of the line before, which is held still: it may be a password, and would be stored. */
  private int heldBefore;

  /** Reads on to the end of a line or of the buffer; returns the offset after what it took. */
  int read(byte[] buffer, int at, int end) {
    forgetLineBefore();
    int lineFeed = at;
    while (lineFeed < end && buffer[lineFeed] != '\n') {
      lineFeed++;
    }
    complete = lineFeed < end;
    if (complete && heldLength == 0) {
      show(buffer, at, Math.min(lineFeed - at, LIMIT), lineFeed - at > LIMIT);
    } else {
      hold(buffer, at, lineFeed - at);
      if (complete) {
        show(held, 0, heldLength, heldCut);
        heldBefore = heldLength;
        heldLength = 0;
        heldCut = false;
      }
    }
    return complete ? lineFeed + 1 : end;
  }

  /** What is there of a line that is not complete, to be judged early. */
  byte[] held() {
    return held;
  }

  int heldLength() {
    return heldLength;
  }

  /** Memory of the line that is being put together. */
  int heldBytes() {
    return held == null ? 0 : held.length;
  }

  /** The buffer is another's again; the line that was shown is not valid any more. */
  void returnBuffer() {
    bytes = null;
  }

  private void forgetLineBefore() {
    if (heldBefore > 0) {
      Arrays.fill(held, 0, heldBefore, (byte) 0);
      heldBefore = 0;
    }
  }

  void reset() {
    heldBefore = Math.max(heldBefore, heldLength);
    heldLength = 0;
    heldCut = false;
  }

  /** Gives the memory back. */
  void release() {
    held = null;
    reset();
    heldBefore = 0;
  }

  private void show(byte[] buffer, int from, int count, boolean wasCut) {
    bytes = buffer;
    offset = from;
    length = count > 0 && buffer[from + count - 1] == '\r' ? count - 1 : count;
    cut = wasCut;
  }

  private void hold(byte[] buffer, int from, int count) {
    int taken = Math.min(count, LIMIT - heldLength);
    heldCut |= taken < count;
    if (held == null || heldLength + taken > held.length) {
      int size = Math.max(heldLength + taken, held == null ? 256 : held.length * 2);
      held =
          held == null
              ? new byte[Math.min(size, LIMIT)]
              : Arrays.copyOf(held, Math.min(size, LIMIT));
    }
    System.arraycopy(buffer, from, held, heldLength, taken);
    heldLength += taken;
  }
}
