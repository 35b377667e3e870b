package dev.forensics.indexer.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Writes whole answers. */
final class Answers {
  /** The method that wants to know what GET would answer, without the body. */
  static final String HEAD = "HEAD";

  private Answers() {}

  static boolean isHead(Request request) {
    return request.getMethod().equals(HEAD);
  }

  static void text(Request request, Response response, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    bytes(request, response, status, "text/plain; charset=utf-8", body);
  }

  static void bytes(Request request, Response response, int status, String type, byte[] body)
      throws IOException {
    describe(response, status, type, body.length);
    if (isHead(request)) {
      return;
    }
    try (OutputStream out = Response.asBufferedOutputStream(request, response)) {
      out.write(body);
    }
  }

  /** Status and headers of an answer that is known as a whole. */
  static void describe(Response response, int status, String type, int lengthBytes) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, lengthBytes);
  }
}
