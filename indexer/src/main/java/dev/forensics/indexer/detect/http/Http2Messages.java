package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.login.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts the first fields of an HTTP/2 connection (RFC 9113 section 8.3) into the facts. */
final class Http2Messages {
  private Http2Messages() {}

  static void request(List<String[]> fields, HttpFacts facts, long timestampNanos) {
    String method = value(fields, ":method");
    if (method == null) {
      return;
    }
    String path = Redaction.url(Objects.requireNonNullElse(value(fields, ":path"), ""));
    String authority = value(fields, ":authority");
    String named = authority == null ? value(fields, "host") : authority;
    String host = Redaction.authority(named);
    List<String> names = new ArrayList<>();
    for (String[] field : fields) {
      names.add(field[0]);
    }
    HttpRequest request =
        new HttpRequest(
            method,
            path,
            "2",
            host,
            value(fields, "user-agent"),
            Redaction.url(value(fields, "referer")),
            value(fields, "content-type"),
            -1,
            names,
            timestampNanos,
            true);
    facts.requests.add(request);
    facts.messageBytes += request.keptBytes();
    facts.requestCount++;
    facts.firstRequestNanos = timestampNanos;
    facts.methods.add(method);
    facts.paths.add(request.path());
    facts.hosts.add(host);
    facts.userAgents.add(request.userAgent());
    facts.cookieSent |= value(fields, "cookie") != null;
    addCookies(fields, "cookie", facts);
    String authorization = authorization(fields);
    if (authorization != null) {
      facts.authorizationScheme = Credentials.scheme(authorization);
      facts.authorizationUser = Credentials.user(authorization);
    }
  }

  /** Value of the authorization field, or null. */
  static String authorization(List<String[]> fields) {
    return value(fields, "authorization");
  }

  static void response(List<String[]> fields, HttpFacts facts, long timestampNanos) {
    String status = value(fields, ":status");
    if (status == null || !status.matches("[1-9][0-9]{2}")) {
      return;
    }
    facts.responses.add(
        new HttpResponse(
            Integer.parseInt(status),
            "2",
            "",
            value(fields, "server"),
            value(fields, "content-type"),
            -1,
            timestampNanos));
    facts.cookieSet |= value(fields, "set-cookie") != null;
    addCookies(fields, "set-cookie", facts);
    facts.responseCount++;
    facts.statuses.add(status);
    facts.firstResponseNanos = timestampNanos;
  }

  private static void addCookies(List<String[]> fields, String name, HttpFacts facts) {
    for (String[] field : fields) {
      if (field[0].equals(name) && field[1] != null) {
        CookieNames.read(field[1], name.equals("set-cookie"), facts.cookieNames);
      }
    }
  }

  private static String value(List<String[]> fields, String name) {
    for (String[] field : fields) {
      if (field[0].equals(name)) {
        return field[1];
      }
    }
    return null;
  }
}
