package dev.forensics.indexer.detect.mask;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Takes percent encoding off (RFC 3986 section 2.1), also where it was put on several times. */
final class Percent {
  private static final int MOST_TIMES = 4;

  private Percent() {}

  /** The decoded text; null when there is encoding still after several times. */
  static String decode(String text) {
    String decoded = text;
    for (int i = 0; i < MOST_TIMES && isEncoded(decoded); i++) {
      decoded = once(decoded);
    }
    return isEncoded(decoded) ? null : decoded;
  }

  private static boolean isEncoded(String text) {
    return text.indexOf('%') >= 0 && !text.equals(once(text));
  }

  private static String once(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
      if (low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
