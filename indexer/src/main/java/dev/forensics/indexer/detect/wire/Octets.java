package dev.forensics.indexer.detect.wire;

import java.nio.charset.StandardCharsets;

/**
 * Absolute reads from a byte array, network byte order unless said otherwise. Bounds are the
 * caller's: each method names how many bytes it reads.
 */
public final class Octets {
  private static final String HEX = "0123456789abcdef";

  private Octets() {}

  /** Reads 1 byte, 0..255. */
  public static int u8(byte[] buffer, int offset) {
    return buffer[offset] & 0xFF;
  }

  /** Reads 2 bytes, 0..65535. */
  public static int u16(byte[] buffer, int offset) {
    return (buffer[offset] & 0xFF) << 8 | (buffer[offset + 1] & 0xFF);
  }

  /** Reads 3 bytes, 0..2^24-1. */
  public static int u24(byte[] buffer, int offset) {
    return (buffer[offset] & 0xFF) << 16 | u16(buffer, offset + 1);
  }

  /** Reads 4 bytes, 0..2^32-1. */
  public static long u32(byte[] buffer, int offset) {
    return (long) u16(buffer, offset) << 16 | u16(buffer, offset + 2);
  }

  /** Reads 4 bytes as they stand, as a signed number: for comparing with constants. */
  public static int i32(byte[] buffer, int offset) {
    return u16(buffer, offset) << 16 | u16(buffer, offset + 2);
  }

  /** Reads 8 bytes. */
  public static long i64(byte[] buffer, int offset) {
    return u32(buffer, offset) << 32 | u32(buffer, offset + 4);
  }

  /** Reads 2 bytes, little endian. */
  public static int u16le(byte[] buffer, int offset) {
    return (buffer[offset + 1] & 0xFF) << 8 | (buffer[offset] & 0xFF);
  }

  /** Reads 4 bytes, little endian, 0..2^32-1. */
  public static long u32le(byte[] buffer, int offset) {
    return (long) u16le(buffer, offset + 2) << 16 | u16le(buffer, offset);
  }

  /** True when these bytes are all zero. */
  public static boolean zero(byte[] buffer, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[offset + i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Compares with an upper-case ASCII word, ignoring case, as far as both reach.
   *
   * @return true when the shorter of both is a prefix of the other
   */
  public static boolean agrees(byte[] buffer, int offset, int length, String upperCaseWord) {
    int n = Math.min(length, upperCaseWord.length());
    for (int i = 0; i < n; i++) {
      if (upper(buffer[offset + i]) != upperCaseWord.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** True when the bytes {@linkplain #agrees agree} with one of these words. */
  public static boolean agreesWithAny(
      byte[] buffer, int offset, int length, String[] upperCaseWords) {
    for (String word : upperCaseWords) {
      if (agrees(buffer, offset, length, word)) {
        return true;
      }
    }
    return false;
  }

  /** True when the bytes begin with an upper-case ASCII word, ignoring case. */
  public static boolean startsWith(byte[] buffer, int offset, int length, String upperCaseWord) {
    return length >= upperCaseWord.length() && agrees(buffer, offset, length, upperCaseWord);
  }

  /** True when an upper-case ASCII word stands anywhere in the bytes, ignoring case. */
  public static boolean contains(byte[] buffer, int offset, int length, String upperCaseWord) {
    for (int i = 0; i + upperCaseWord.length() <= length; i++) {
      if (agrees(buffer, offset + i, length - i, upperCaseWord)) {
        return true;
      }
    }
    return false;
  }

  /** An ASCII letter in upper case; any other byte as it is, 0..255. */
  public static int upper(byte value) {
    int c = value & 0xFF;
    return c >= 'a' && c <= 'z' ? c - 32 : c;
  }

  /** True for 0x20..0x7E. */
  public static boolean printable(byte value) {
    return value >= 0x20 && value < 0x7F;
  }

  /** True for what a line of text may hold: printable ASCII, tab, and bytes of other encodings. */
  public static boolean text(byte value) {
    return value < 0 || (value >= 0x20 && value < 0x7F) || value == '\t';
  }

  /**
   * Text for facts: UTF-8, everything that does not print replaced by a dot, cut to a limit.
   *
   * @param limit in bytes
   */
  public static String readable(byte[] buffer, int offset, int length, int limit) {
    int n = Math.max(0, Math.min(length, limit));
    String decoded = new String(buffer, offset, n, StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(decoded.length());
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      text.append(Character.isISOControl(c) || c == '\uFFFD' ? '.' : c);
    }
    return text.toString();
  }

  /** Lower-case hexadecimal of these bytes. */
  public static String hex(byte[] buffer, int offset, int length) {
    StringBuilder text = new StringBuilder(length * 2);
    for (int i = 0; i < length; i++) {
      text.append(HEX.charAt((buffer[offset + i] >> 4) & 0xF))
          .append(HEX.charAt(buffer[offset + i] & 0xF));
    }
    return text.toString();
  }
}
