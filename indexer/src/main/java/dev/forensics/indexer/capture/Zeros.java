package dev.forensics.indexer.capture;

/**
 * Zeros where a record should begin: where they end, as far as it is looked for. Not thread-safe.
 */
final class Zeros {
  /** A record's first bytes that may be zero: those of a small number, most significant first. */
  private static final int LEADING_ZEROS = 3;

  /** Zeros that are looked through at a time while they are waited for. */
  private static final long LOOK_BYTES = 16L << 20;

  /** How far is looked for the end of a hole that a record may run into. */
  private static final int NEAR_BYTES = 1 << 20;

  /** Zeros that Ethernet adds to a packet at most (46 bytes less 28 of an ARP message). */
  private static final int PADDING = 18;

  private final BlockCursor in;
  private long lookedTo;
  private boolean isLookedThrough = true;

  Zeros(BlockCursor in) {
    this.in = in;
  }

  /** False when the last look ended amid zeros. */
  boolean isLookedThrough() {
    return isLookedThrough;
  }

  /** There are none at present. */
  void lookedThrough() {
    isLookedThrough = true;
  }

  /**
   * Moves to the first other byte, a few zeros before it.
   *
   * @param inParts looks through {@link #LOOK_BYTES} at a time, and goes on there the next time
   * @return false when there is none
   */
  boolean skip(boolean inParts) throws CaptureException {
    long begun = in.position();
    if (inParts && lookedTo > begun + LOOK_BYTES) {
      in.seek(lookedTo); // from where the last look ended, and from the beginning at its end
    }
    long end = in.position() + LOOK_BYTES;
    while (in.require(LEADING_ZEROS + 1)) {
      int zero = in.cursor;
      while (zero < in.limit && in.block[zero] == 0) {
        zero++;
      }
      in.cursor = Math.max(in.cursor, zero - LEADING_ZEROS);
      if (zero < in.limit) {
        return true;
      }
      if (inParts && in.position() > end) {
        lookedTo = in.position();
        isLookedThrough = false;
        return false;
      }
    }
    lookedTo = 0;
    return false;
  }

  /** Whether zeros that begin at an offset from the cursor end within the next MiB. */
  boolean endNear(int begin) throws CaptureException {
    for (int near = begin; near < begin + NEAR_BYTES && in.require(near + 1); near++) {
      if (in.block[in.cursor + near] != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Bytes of a record that runs into a hole which are no part of the hole. A few zeros at its end
   * are padding rather than a hole's beginning.
   */
  static int lengthBefore(byte[] block, int from, int length) {
    int end = length;
    while (end > 0 && block[from + end - 1] == 0) {
      end--;
    }
    return length - end > PADDING ? end : length;
  }

  /** True when so many bytes are all zero. */
  static boolean are(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
