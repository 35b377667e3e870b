package dev.forensics.indexer.detect.login;

import dev.forensics.indexer.detect.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The parts of SASL that put a password on the wire: PLAIN (RFC 4616) and LOGIN. */
public final class Sasl {
  /** Digits of an MD5 digest. */
  private static final int DIGEST = 32;

  private Sasl() {}

  /**
   * The user of a PLAIN response: base64 of [authorization id] NUL user NUL password.
   *
   * @return the user name, or null when these bytes are no such response
   */
  public static String plainUser(byte[] line, int offset, int length) {
    byte[] decoded = decode(line, offset, length);
    int first = decoded == null ? -1 : indexOfNul(decoded, 0);
    int second = first < 0 ? -1 : indexOfNul(decoded, first + 1);
    if (second < 0) {
      return null;
    }
    return Octets.readable(
        decoded, first + 1, second - first - 1, CleartextLogins.USER_LIMIT_BYTES);
  }

  /**
   * The user of a LOGIN response: base64 of the name.
   *
   * @return the user name, or null when these bytes are no base64
   */
  public static String loginUser(byte[] line, int offset, int length) {
    byte[] decoded = decode(line, offset, length);
    return decoded == null
        ? null
        : Octets.readable(decoded, 0, decoded.length, CleartextLogins.USER_LIMIT_BYTES);
  }

  /**
   * True for a line of base64 that may be a name or a password of LOGIN: text alone, and no answer
   * to a challenge, which holds a digest (RFC 2195) or fields (RFC 5802).
   */
  public static boolean mayBeSecret(byte[] line, int offset, int length) {
    byte[] decoded = isWord(line, offset, length) ? decode(line, offset, length) : null;
    if (decoded == null) {
      return false;
    }
    boolean blank = false;
    for (byte value : decoded) {
      if (!Octets.text(value)) {
        return false;
      }
      blank |= value == ' ' && decoded.length > DIGEST;
    }
    return !blank && (decoded.length < 2 || decoded[1] != '=');
  }

  /** True for base64 with its padding, a blank or another sign nowhere. */
  public static boolean isWord(byte[] line, int offset, int length) {
    if (length < 4 || length % 4 != 0) {
      return false;
    }
    int end = length;
    while (end > length - 2 && line[offset + end - 1] == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      if (!inAlphabet(line[offset + i])) {
        return false;
      }
    }
    return true;
  }

  private static int indexOfNul(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The bytes of a base64 word, or null; checked beforehand so that nothing is thrown. */
  private static byte[] decode(byte[] line, int offset, int length) {
    int end = length;
    while (end > 0 && line[offset + end - 1] == '=') {
      end--;
    }
    if (end == 0 || end % 4 == 1 || length - end > 2) {
      return null;
    }
    for (int i = 0; i < end; i++) {
      if (!inAlphabet(line[offset + i])) {
        return null;
      }
    }
    String word = new String(line, offset, end, StandardCharsets.US_ASCII);
    byte[] scratch = new byte[end * 3 / 4 + 3];
    int count = Base64.getDecoder().decode(word.getBytes(StandardCharsets.US_ASCII), scratch);
    return Arrays.copyOf(scratch, count);
  }

  private static boolean inAlphabet(byte value) {
    return (value >= 'A' && value <= 'Z')
        || (value >= 'a' && value <= 'z')
        || (value >= '0' && value <= '9')
        || value == '+'
        || value == '/';
  }
}
