package dev.forensics.indexer.capture;

/**
 * Decodes one LZ4 block (LZ4 block format): sequences of a token, literals and a match of earlier
 * bytes. Matches may reach before the block, as they do in frames with linked blocks.
 */
final class Lz4Block {
  private static final int LEAST_MATCH = 4;
  private static final int LONG_LENGTH = 15;

  private final byte[] from;
  private final int end;
  private final byte[] into;
  private final int limit;
  private int in;
  private int out;

  private Lz4Block(byte[] from, int start, int end, byte[] into, int out, int limit) {
    this.from = from;
    this.in = start;
    this.end = end;
    this.into = into;
    this.out = out;
    this.limit = limit;
  }

  /**
   * Decodes a block.
   *
   * @param out where to write; matches may reach back to offset 0 of {@code into}
   * @param limit end of the room for output
   * @return offset behind the last byte written, or -1 when the block is corrupt
   */
  static int decode(byte[] from, int start, int end, byte[] into, int out, int limit) {
    return new Lz4Block(from, start, end, into, out, limit).decode();
  }

  private int decode() {
    while (in < end) {
      int token = from[in++] & 0xFF;
      if (!copyLiterals(length(token >>> 4))) {
        return -1;
      }
      if (in == end) {
        return out;
      }
      if (!copyMatch(token & 0xF)) {
        return -1;
      }
    }
    return -1;
  }

  /** A length that goes on in further bytes when its four bits are all set; -1 when cut off. */
  private int length(int bits) {
    int length = bits;
    if (bits != LONG_LENGTH) {
      return length;
    }
    while (in < end) {
      int more = from[in++] & 0xFF;
      length += more;
      if (more != 0xFF) {
        return length;
      }
    }
    return -1;
  }

  private boolean copyLiterals(int length) {
    if (length < 0 || length > end - in || length > limit - out) {
      return false;
    }
    System.arraycopy(from, in, into, out, length);
    in += length;
    out += length;
    return true;
  }

  private boolean copyMatch(int bits) {
    if (end - in < 2) {
      return false;
    }
    int distance = ByteOrders.uint16(from, in, false);
    in += 2;
    int length = length(bits);
    if (length < 0 || distance == 0 || distance > out || length + LEAST_MATCH > limit - out) {
      return false;
    }
    copyBack(distance, length + LEAST_MATCH);
    return true;
  }

  /** Source and target may overlap: then what was just written is repeated. */
  private void copyBack(int distance, int length) {
    int source = out - distance;
    int left = length;
    while (left > 0) {
      int step = Math.min(left, out - source);
      System.arraycopy(into, source, into, out, step);
      out += step;
      left -= step;
    }
  }
}
