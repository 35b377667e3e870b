package dev.forensics.indexer.detect.quic;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The bytes that CRYPTO frames carry, put in order (RFC 9000 19.6). Keeps the first {@link #LIMIT}
 * bytes: a ClientHello with post-quantum key shares has about 2 KiB.
 */
final class CryptoStream {
  static final int LIMIT = 16 * 1024;

  /**
   * How far ahead of all that was received a frame may lie: clients send their first frames in any
   * order, within a few datagrams. So nobody makes room for 16 KiB with one byte.
   */
  static final int AHEAD_LIMIT = 4 * 1024;

  private static final int FIRST_BYTES = 2 * 1024;
  private static final int BYTES_OF_PRESENCE = 64;
  private static final int PADDING = 0;
  private static final int PING = 1;
  private static final int ACK = 2;
  private static final int ACK_ECN = 3;
  private static final int CRYPTO = 6;
  private static final int CLOSE = 0x1c;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int received;
  private final BitSet present = new BitSet();

  /**
   * Takes the CRYPTO frames of an opened Initial packet; other frames are passed over.
   *
   * @return false when a frame cannot be read, the ones before it being taken
   */
  boolean frames(byte[] payload) {
    int at = 0;
    while (at < payload.length) {
      int type = payload[at] & 0xFF;
      if (type == PADDING || type == PING) {
        at++;
      } else if (type == ACK || type == ACK_ECN) {
        at = skipAck(payload, at);
      } else if (type == CRYPTO) {
        at = crypto(payload, at + 1);
      } else {
        return type == CLOSE;
      }
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  private int crypto(byte[] payload, int start) {
    long offset = LongHeader.varint(payload, start, payload.length);
    int at = start + LongHeader.varintLength(payload, start, payload.length);
    long size = LongHeader.varint(payload, at, payload.length);
    at += LongHeader.varintLength(payload, at, payload.length);
    if (offset < 0 || size < 0 || size > payload.length - at) {
      return -1;
    }
    if (offset < Math.min(LIMIT, received + AHEAD_LIMIT)) {
      put((int) offset, payload, at, (int) Math.min(size, LIMIT - offset));
    }
    return at + (int) size;
  }

  private void put(int offset, byte[] payload, int from, int length) {
    if (offset + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(bytes.length * 2, offset + length)));
    }
    System.arraycopy(payload, from, bytes, offset, length);
    present.set(offset, offset + length);
    received = Math.min(LIMIT, received + length);
  }

  /** Roughly the bytes of memory that it takes. */
  int keptBytes() {
    return bytes.length + bytes.length / 8 + BYTES_OF_PRESENCE;
  }

  private static int skipAck(byte[] payload, int start) {
    int limit = payload.length;
    boolean ecn = payload[start] == ACK_ECN;
    int at = start + 1;
    long ranges = 0;
    for (int i = 0; i < 4; i++) {
      ranges = i == 2 ? LongHeader.varint(payload, at, limit) : ranges;
      at += LongHeader.varintLength(payload, at, limit);
    }
    for (long i = 0; i < ranges * 2 + (ecn ? 3 : 0); i++) {
      int length = LongHeader.varintLength(payload, at, limit);
      if (length == 0) {
        return -1;
      }
      at += length;
    }
    return ranges < 0 ? -1 : at;
  }

  /** The bytes from 0 to {@link #length}; valid until the next call of frames. */
  byte[] bytes() {
    return bytes;
  }

  /** How many bytes stand in order from the beginning. */
  int length() {
    return present.nextClearBit(0);
  }
}
