package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.mask.Masks;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Reads the names, never the values, of Cookie and Set-Cookie fields (RFC 6265 section 4). */
final class CookieNames {
  /** Longest name that is kept, in bytes. */
  static final int LONGEST = 64;

  private CookieNames() {}

  /**
   * Adds the names of a field to others.
   *
   * @param from where the field's value begins
   * @param to where it ends
   * @param first true to stop behind the first: what follows in Set-Cookie are attributes
   */
  static void read(byte[] line, int from, int to, boolean first, Collection<String> names) {
    int at = from;
    while (at < to && names.size() < HttpFacts.VALUE_LIMIT) {
      int end = at;
      while (end < to && line[end] != ';') {
        end++;
      }
      String pair = new String(line, at, end - at, StandardCharsets.UTF_8).trim();
      add(pair, names);
      at = first ? to : end + 1;
    }
  }

  /** As HTTP/2 carries them: one field a cookie, or several in one. */
  static void read(String value, boolean first, Collection<String> names) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    read(bytes, 0, bytes.length, first, names);
  }

  /** What has no equals sign is no name: it may be the secret. */
  private static void add(String pair, Collection<String> names) {
    int equal = pair.indexOf('=');
    String name = equal < 0 ? Masks.hidden(pair) : pair.substring(0, equal).trim();
    if (!pair.isEmpty() && !name.isEmpty()) {
      names.add(name.length() > LONGEST ? Masks.hidden(name) : name);
    }
  }
}
