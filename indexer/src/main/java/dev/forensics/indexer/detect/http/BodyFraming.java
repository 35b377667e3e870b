package dev.forensics.indexer.detect.http;

/** What follows the head of a message, and how its end is known (RFC 9112 section 6.3). */
enum BodyFraming {
  /** No body: the next message. */
  NONE,

  /** A body of as many bytes as Content-Length says, at least one. */
  LENGTH,

  /** A body in chunks. */
  CHUNKED,

  /** A body that ends with the connection. */
  UNTIL_CLOSE,

  /** Another response to the same request: this one was for the meantime. */
  ANOTHER_RESPONSE,

  /** What CONNECT or an upgrade to WebSocket asked for; behind the request until it is refused. */
  TUNNEL,

  /** Another protocol. */
  SWITCHED;

  /**
   * Of a message whose head is complete.
   *
   * @param method of the request that a response answers, as {@link HttpParser#response} tells
   */
  static BodyFraming of(HttpHead head, int method) {
    return head.request ? ofRequest(head) : ofResponse(head, method);
  }

  private static BodyFraming ofRequest(HttpHead head) {
    if ("CONNECT".equals(head.method)) {
      return TUNNEL;
    }
    if (head.chunked) {
      return CHUNKED;
    }
    return head.contentLength > 0 ? LENGTH : head.isWebSocket() ? TUNNEL : NONE;
  }

  private static BodyFraming ofResponse(HttpHead head, int method) {
    int status = head.status;
    if (status == 101) {
      return head.isWebSocket() ? TUNNEL : SWITCHED;
    }
    if (status < 200) {
      return ANOTHER_RESPONSE;
    }
    if (method == HttpParser.CONNECT && status < 300) {
      return TUNNEL;
    }
    if (method == HttpParser.HEAD || status == 204 || status == 304) {
      return NONE;
    }
    if (head.chunked) {
      return CHUNKED;
    }
    return head.contentLength > 0 ? LENGTH : head.contentLength == 0 ? NONE : UNTIL_CLOSE;
  }
}
