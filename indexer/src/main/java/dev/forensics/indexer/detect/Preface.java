package dev.forensics.indexer.detect;

import dev.forensics.indexer.detect.forward.ProxyHeader;

/**
 * Bytes that may stand before the first message of any protocol: zeros (keep-alive bytes, padding)
 * and the header of the PROXY protocol.
 */
final class Preface {
  /** More bytes are needed to tell how long the preface is. */
  static final int MORE = ProxyHeader.MORE;

  private Preface() {}

  /**
   * How many bytes to skip.
   *
   * @return bytes, 0 when there is no preface, or {@link #MORE}
   */
  static int length(byte[] buffer, int offset, int length) {
    if (buffer[offset] == 0) {
      return zeros(buffer, offset, length);
    }
    return ProxyHeader.length(buffer, offset, length);
  }

  /** Takes what a whole preface says into the facts. */
  static void read(byte[] buffer, int offset, int length, FlowFacts facts) {
    if (buffer[offset] != 0) {
      ProxyHeader.read(buffer, offset, length, facts);
    }
  }

  private static int zeros(byte[] buffer, int offset, int length) {
    int zeros = 1;
    while (zeros < length && buffer[offset + zeros] == 0) {
      zeros++;
    }
    return zeros;
  }
}
