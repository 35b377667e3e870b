package dev.forensics.indexer.detect.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the first field block of an HTTP/2 direction (RFC 7541): the dynamic table is still empty
 * then, so nothing of the connection's past is needed.
 */
final class Hpack {
  private static final int FIELD_LIMIT = 64;

  /** The static table (RFC 7541 appendix A), from index 1. */
  private static final String[] STATIC =
      (":authority;:method=GET;:method=POST;:path=/;:path=/index.html;:scheme=http;:scheme=https;"
              + ":status=200;:status=204;:status=206;:status=304;:status=400;:status=404;:status=500;"
              + "accept-charset;accept-encoding=gzip, deflate;accept-language;accept-ranges;accept;"
              + "access-control-allow-origin;age;allow;authorization;cache-control;"
              + "content-disposition;content-encoding;content-language;content-length;"
              + "content-location;content-range;content-type;cookie;date;etag;expect;expires;from;"
              + "host;if-match;if-modified-since;if-none-match;if-range;if-unmodified-since;"
              + "last-modified;link;location;max-forwards;proxy-authenticate;proxy-authorization;"
              + "range;referer;refresh;retry-after;server;set-cookie;strict-transport-security;"
              + "transfer-encoding;user-agent;vary;via;www-authenticate")
          .split(";");

  private final byte[] bytes;
  private final int end;
  private int at;
  private final List<String[]> added = new ArrayList<>();
  private final List<String[]> fields = new ArrayList<>();

  private Hpack(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = length;
  }

  /** The fields, name and value, in order, as far as they could be read; at most 64. */
  static List<String[]> read(byte[] bytes, int length) {
    Hpack hpack = new Hpack(bytes, length);
    boolean more = true;
    while (more && hpack.at < hpack.end && hpack.fields.size() < FIELD_LIMIT) {
      more = hpack.field();
    }
    return hpack.fields;
  }

  private boolean field() {
    int first = bytes[at] & 0xFF;
    if ((first & 0x80) != 0) {
      return indexed(integer(7));
    }
    if ((first & 0xE0) == 0x20) {
      return integer(5) >= 0;
    }
    boolean adds = (first & 0x40) != 0;
    int index = integer(adds ? 6 : 4);
    if (index < 0) {
      return false;
    }
    String name = index == 0 ? string() : nameAt(index);
    String value = name == null ? null : string();
    if (value == null) {
      return false;
    }
    String[] field = {name.toLowerCase(Locale.ROOT), value};
    fields.add(field);
    if (adds) {
      added.add(0, field);
    }
    return true;
  }

  private boolean indexed(int index) {
    if (index > 0 && index <= STATIC.length) {
      String entry = STATIC[index - 1];
      int equals = entry.indexOf('=');
      fields.add(
          equals < 0
              ? new String[] {entry, ""}
              : new String[] {entry.substring(0, equals), entry.substring(equals + 1)});
      return true;
    }
    int dynamic = index - STATIC.length - 1;
    if (dynamic < 0 || dynamic >= added.size()) {
      return false;
    }
    fields.add(added.get(dynamic));
    return true;
  }

  private String nameAt(int index) {
    if (index <= STATIC.length) {
      String entry = STATIC[index - 1];
      int equals = entry.indexOf('=');
      return equals < 0 ? entry : entry.substring(0, equals);
    }
    int dynamic = index - STATIC.length - 1;
    return dynamic < added.size() ? added.get(dynamic)[0] : null;
  }

  /** Section 5.1; -1 when it is cut off or too large. */
  private int integer(int prefixBits) {
    int mask = (1 << prefixBits) - 1;
    int value = bytes[at++] & mask;
    if (value < mask) {
      return value;
    }
    for (int shift = 0; shift <= 14 && at < end; shift += 7) {
      int next = bytes[at++] & 0xFF;
      value += (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    return -1;
  }

  /** Section 5.2; null when it is cut off. */
  private String string() {
    if (at >= end) {
      return null;
    }
    boolean huffman = (bytes[at] & 0x80) != 0;
    int length = integer(7);
    if (length < 0 || length > end - at) {
      return null;
    }
    int start = at;
    at += length;
    return huffman
        ? Huffman.decode(bytes, start, length)
        : new String(bytes, start, length, StandardCharsets.UTF_8);
  }
}
