package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.wire.Octets;

/**
 * The first frames of one direction of HTTP/2 with prior knowledge (RFC 9113 section 4): up to the
 * first field block, which holds the first request or response.
 */
final class Http2Frames {
  private static final int HEADER = 9;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;
  private static final int BLOCK_LIMIT = 4096;
  private static final int FRAME_LIMIT = 1 << 14;
  private static final int FRAMES_LIMIT = 64;
  private static final int OWN_BYTES = 120;

  private final byte[] header = new byte[HEADER];
  private int headerLength;
  private int prefaceLeft;
  private int frameLeft;
  private int frames;
  private boolean collecting;
  private int type;
  private int flags;
  private byte[] block;
  private int blockLength;
  private int frameStart;
  private boolean blockComplete;

  /** Memory that it takes, in bytes. */
  int keptBytes() {
    return OWN_BYTES + (block == null ? 0 : block.length);
  }

  /**
   * Begins.
   *
   * @param prefaceLeft bytes of the client's preface that still come
   */
  Http2Frames(int prefaceLeft) {
    this.prefaceLeft = prefaceLeft;
  }

  /**
   * A SETTINGS frame, which a server must send first (RFC 9113 section 3.4): length a multiple of
   * 6, type 4, no ACK flag, stream 0, and a known first setting.
   */
  static Match matchSettings(byte[] buffer, int offset, int length) {
    int size = 0;
    for (int i = 0; i < HEADER + 2; i++) {
      if (i == HEADER && size == 0) {
        return matchSecond(buffer, offset + HEADER, length - HEADER);
      }
      if (i == length) {
        return Match.MORE;
      }
      int value = buffer[offset + i] & 0xFF;
      size = i == 2 ? value : size;
      boolean fits =
          switch (i) {
            case 2 -> value % 6 == 0 && value <= 96;
            case 3 -> value == SETTINGS;
            case HEADER + 1 -> value >= 1 && value <= 9;
            default -> value == 0;
          };
      if (!fits) {
        return Match.NO;
      }
    }
    return Match.YES;
  }

  /**
   * Empty settings are twice a length of 4 and zeros to others: the frame behind them decides. That
   * is an acknowledgment, a larger window, a PING, or the HEADERS of a client's stream.
   */
  private static Match matchSecond(byte[] buffer, int offset, int length) {
    if (length < HEADER) {
      return Match.MORE;
    }
    int size = Octets.u24(buffer, offset);
    boolean connection = Octets.zero(buffer, offset + 5, 4);
    boolean fits =
        switch (buffer[offset + 3]) {
          case HEADERS -> size > 0 && size <= FRAME_LIMIT && (buffer[offset + 8] & 1) == 1;
          case SETTINGS -> size == 0 && buffer[offset + 4] == 1 && connection;
          case PING -> size == 8 && connection;
          case WINDOW_UPDATE -> size == 4 && connection;
          default -> false;
        };
    return fits ? Match.YES : Match.NO;
  }

  /** Reads on; false when no more bytes are of use. */
  boolean read(byte[] buffer, int offset, int length) {
    int skipped = Math.min(prefaceLeft, length);
    prefaceLeft -= skipped;
    int at = offset + skipped;
    int end = offset + length;
    while (at < end) {
      if (headerLength < HEADER) {
        header[headerLength++] = buffer[at++];
        if (headerLength == HEADER && !begin()) {
          return false;
        }
      } else {
        int taken = Math.min(frameLeft, end - at);
        collect(buffer, at, taken);
        frameLeft -= taken;
        at += taken;
      }
      if (headerLength == HEADER && frameLeft == 0 && finish()) {
        return false;
      }
    }
    return true;
  }

  private boolean begin() {
    frameLeft = ((header[0] & 0xFF) << 16) | ((header[1] & 0xFF) << 8) | (header[2] & 0xFF);
    type = header[3] & 0xFF;
    flags = header[4] & 0xFF;
    frameStart = blockLength;
    collecting = type == HEADERS || (type == CONTINUATION && block != null);
    return frameLeft <= FRAME_LIMIT && ++frames <= FRAMES_LIMIT;
  }

  private void collect(byte[] buffer, int at, int length) {
    if (!collecting) {
      return;
    }
    if (block == null) {
      block = new byte[BLOCK_LIMIT];
    }
    int taken = Math.min(length, BLOCK_LIMIT - blockLength);
    System.arraycopy(buffer, at, block, blockLength, taken);
    blockLength += taken;
  }

  /** A frame is complete; true when it ended the first field block. */
  private boolean finish() {
    headerLength = 0;
    if (type == HEADERS && block != null) {
      stripPadding();
    }
    blockComplete = collecting && (flags & END_HEADERS) != 0;
    return blockComplete;
  }

  private void stripPadding() {
    int start = frameStart;
    int padding = 0;
    if ((flags & PADDED) != 0 && blockLength > start) {
      padding = block[start++] & 0xFF;
    }
    if ((flags & PRIORITY) != 0) {
      start += 5;
    }
    int end = Math.max(start, blockLength - padding);
    start = Math.min(start, blockLength);
    end = Math.min(end, blockLength);
    System.arraycopy(block, start, block, frameStart, end - start);
    blockLength = frameStart + end - start;
  }

  /** The first field block, compressed by HPACK; null when it did not come whole. */
  byte[] block() {
    return blockComplete ? block : null;
  }

  int blockLength() {
    return blockLength;
  }
}
