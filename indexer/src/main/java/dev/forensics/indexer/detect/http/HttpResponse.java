package dev.forensics.indexer.detect.http;

/**
 * One response as seen.
 *
 * @param status status code, 100..999
 * @param version "1.1", "1.0", "2", or "icy" for SHOUTcast's status line
 * @param reason reason phrase as sent, may be empty
 * @param server value of Server, or null
 * @param contentType value of Content-Type, or null
 * @param contentLength announced body length in bytes, -1 when none was announced
 * @param timestampNanos packet time at which its head was complete
 */
public record HttpResponse(
    int status,
    String version,
    String reason,
    String server,
    String contentType,
    long contentLength,
    long timestampNanos) {
  private static final int BYTES = 200;

  /** Roughly the bytes of memory that it takes. */
  int keptBytes() {
    return BYTES + reason.length() + HttpRequest.length(server) + HttpRequest.length(contentType);
  }
}
