package dev.forensics.indexer.detect.http;

import java.util.List;

/**
 * One request as seen.
 *
 * @param method any token, as sent
 * @param target request target as sent, at most 4096 characters (RFC 9112 section 3.2)
 * @param version "1.1", "1.0", "0.9" or "2"
 * @param host value of the Host field; empty when it was sent empty; null when it was not sent
 * @param userAgent value of User-Agent, or null
 * @param referrer value of Referer, or null
 * @param contentType value of Content-Type, or null
 * @param contentLength announced body length in bytes, -1 when none was announced
 * @param headerNames field names in the order sent, lower case, at most 64
 * @param timestampNanos packet time at which its head was complete
 * @param complete false when a part of its head is missing in the capture
 */
public record HttpRequest(
    String method,
    String target,
    String version,
    String host,
    String userAgent,
    String referrer,
    String contentType,
    long contentLength,
    List<String> headerNames,
    long timestampNanos,
    boolean complete) {

  private static final int BYTES = 300;
  private static final int BYTES_A_NAME = 64;

  /** Copies the names. */
  public HttpRequest {
    headerNames = List.copyOf(headerNames);
  }

  /** Roughly the bytes of memory that it takes. */
  int keptBytes() {
    return BYTES
        + target.length()
        + length(host)
        + length(userAgent)
        + length(referrer)
        + length(contentType)
        + headerNames.size() * BYTES_A_NAME;
  }

  /** Characters of a text that may be missing. */
  static int length(String text) {
    return text == null ? 0 : text.length();
  }

  /** The path of the target, without scheme, authority, query and fragment. */
  public String path() {
    int start = 0;
    int scheme = target.indexOf("://");
    if (scheme > 0 && target.indexOf('/') > scheme) {
      start = target.indexOf('/', scheme + 3);
      if (start < 0) {
        return "/";
      }
    }
    int end = target.length();
    int query = target.indexOf('?', start);
    int fragment = target.indexOf('#', start);
    end = query >= 0 ? query : end;
    end = fragment >= 0 ? Math.min(end, fragment) : end;
    return target.substring(start, end);
  }

  /** The query of the target without the question mark, or null. */
  public String query() {
    int query = target.indexOf('?');
    if (query < 0) {
      return null;
    }
    int fragment = target.indexOf('#', query);
    return target.substring(query + 1, fragment < 0 ? target.length() : fragment);
  }
}
