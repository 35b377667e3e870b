package dev.forensics.indexer.detect;

/**
 * Bytes that may stand before the first message of any protocol: zeros (keep-alive bytes, padding)
 * and the header of the PROXY protocol, versions 1 and 2 (HAProxy's specification, sections 2.1 and
 * 2.2).
 */
final class Preface {
  /** More bytes are needed to tell how long the preface is. */
  static final int MORE = -1;

  private static final byte[] VERSION_1 = {'P', 'R', 'O', 'X', 'Y', ' '};
  private static final byte[] VERSION_2 = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
  private static final int VERSION_1_LIMIT = 107;
  private static final int VERSION_2_HEADER = 16;

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
    if (startsWith(buffer, offset, length, VERSION_1)) {
      return line(buffer, offset, length);
    }
    if (startsWith(buffer, offset, length, VERSION_2)) {
      return binary(buffer, offset, length);
    }
    return 0;
  }

  private static int zeros(byte[] buffer, int offset, int length) {
    int zeros = 1;
    while (zeros < length && buffer[offset + zeros] == 0) {
      zeros++;
    }
    return zeros;
  }

  private static int line(byte[] buffer, int offset, int length) {
    for (int i = 0; i < Math.min(length, VERSION_1_LIMIT); i++) {
      if (buffer[offset + i] == '\n') {
        return i + 1;
      }
    }
    return length < VERSION_1_LIMIT ? MORE : 0;
  }

  private static int binary(byte[] buffer, int offset, int length) {
    if (length < VERSION_2_HEADER) {
      return MORE;
    }
    int addresses = ((buffer[offset + 14] & 0xFF) << 8) | (buffer[offset + 15] & 0xFF);
    int total = VERSION_2_HEADER + addresses;
    return length < total ? MORE : total;
  }

  /** True when the bytes so far are those of the magic, as far as they go. */
  private static boolean startsWith(byte[] buffer, int offset, int length, byte[] magic) {
    for (int i = 0; i < Math.min(length, magic.length); i++) {
      if (buffer[offset + i] != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
