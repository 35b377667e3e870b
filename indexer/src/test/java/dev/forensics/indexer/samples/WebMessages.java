package dev.forensics.indexer.samples;

import java.util.Locale;

/** HTTP/1.1 requests and answers as text. */
public final class WebMessages {
  private static final String CRLF = "\r\n";

  static final String OK =
      message(
              "HTTP/1.1 200 OK",
              "Server: app",
              "Content-Type: application/json",
              "Content-Length: 15")
          + "{\"status\":\"ok\"}";

  /** What nginx answers to plaintext on a TLS port. */
  static final String NGINX_REFUSAL =
      refusal(
          "nginx/1.24.0",
          "<html>",
          "<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>",
          "<body>",
          "<center><h1>400 Bad Request</h1></center>",
          "<center>The plain HTTP request was sent to HTTPS port</center>",
          "<hr><center>nginx/1.24.0</center>",
          "</body>",
          "</html>");

  /** What Apache answers to plaintext on a TLS port. */
  static final String APACHE_REFUSAL =
      refusal(
          "Apache/2.4.57 (Debian)",
          "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">",
          "<html><head>",
          "<title>400 Bad Request</title>",
          "</head><body>",
          "<h1>Bad Request</h1>",
          "<p>Your browser sent a request that this server could not understand.<br />",
          "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
          " Instead use the HTTPS scheme to access this URL, please.<br />",
          "</p>",
          "</body></html>");

  private WebMessages() {}

  /** Lines of a head, each with its end. */
  static String lines(String... lines) {
    return String.join(CRLF, lines) + CRLF;
  }

  /** A whole message without a body. */
  public static String message(String... lines) {
    return lines(lines) + CRLF;
  }

  public static String get(String host, String path, String agent) {
    return message(
        "GET " + path + " HTTP/1.1", "Host: " + host, "User-Agent: " + agent, "Accept: */*");
  }

  /** Headers are whole lines, or empty. */
  static String post(String host, String path, String headers, String body) {
    return lines("POST " + path + " HTTP/1.1", "Host: " + host)
        + headers
        + message("Content-Length: " + body.length())
        + body;
  }

  public static String form(int number) {
    String session = String.format(Locale.ROOT, "%016x", number * 0x9E3779B97F4A7C15L);
    return post(
        "files.example.org:443",
        "/upload.php?dir=" + number % 7,
        lines(
            "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36",
            "Cookie: PHPSESSID=" + session,
            "Content-Type: application/x-www-form-urlencoded"),
        "name=report-" + number + ".xls&owner=sales&comment=for+the+meeting");
  }

  private static String refusal(String server, String... page) {
    String html = String.join(CRLF, page) + CRLF;
    return message(
            "HTTP/1.1 400 Bad Request",
            "Server: " + server,
            "Date: Fri, 20 Nov 2026 08:00:00 GMT",
            "Content-Type: text/html",
            "Content-Length: " + html.length(),
            "Connection: close")
        + html;
  }
}
