package dev.forensics.indexer.detect.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Recognizes the answer of a TLS server that was spoken to in plaintext. Each server has its own
 * words; they are taken from the servers' sources and documentation.
 */
final class Rejection {
  /** Words of the error page, lower case, and the server that says them. */
  private static final String[][] PAGES = {
    {"the plain http request was sent to https port", "nginx"},
    {"you're speaking plain http to an ssl-enabled server port", "apache"},
    {"client sent an http request to an https server", "go"},
    {"this combination of host and port requires tls", "tomcat"},
    {"plain http request sent to tls port", "envoy"},
    {"this is not an https request", "generic"},
    {"this web server is running in ssl mode", "miniserv"},
    {"ssl-enabled server port", "apache"},
    {"requires tls", "generic"},
    {"use the https scheme", "apache"},
    {"http request to https port", "generic"},
    {"must be accessed over https", "generic"},
    {"not over ssl", "generic"},
    {"please use https", "generic"},
    {"https is required", "generic"},
    {"ssl is required", "iis"},
    {"viewed over a secure channel", "iis"},
    {"http request was sent to https", "generic"},
    {"http to an https", "generic"},
  };

  private Rejection() {}

  /**
   * The kind of server that refused plaintext with this answer.
   *
   * @param status of the answer
   * @param server its Server field, or null
   * @param body its first body bytes
   * @param length how many
   * @return null when the answer is no refusal of plaintext
   */
  static String recognize(int status, String server, byte[] body, int length) {
    if (status == 497) {
      return "nginx";
    }
    if (status < 400 || status >= 500) {
      return null;
    }
    String byPage = length == 0 ? null : page(body, length);
    return byPage != null ? byPage : byServer(status, server, body, length);
  }

  private static String page(byte[] body, int length) {
    String text = lower(body, length);
    for (String[] page : PAGES) {
      if (text.contains(page[0])) {
        return page[1];
      }
    }
    return null;
  }

  /**
   * IIS (http.sys) says no more than "Bad Request" to plaintext on a TLS port. Where it names what
   * is wrong with the request (hostname, URL, verb, header), it read the request, in plaintext.
   */
  private static String byServer(int status, String server, byte[] body, int length) {
    boolean httpSys = status == 400 && server != null && server.startsWith("Microsoft-HTTPAPI");
    return httpSys && length > 0 && !lower(body, length).contains("invalid ") ? "iis" : null;
  }

  private static String lower(byte[] body, int length) {
    return new String(body, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }
}
