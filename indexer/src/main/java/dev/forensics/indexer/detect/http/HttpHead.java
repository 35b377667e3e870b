package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.login.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The head of one message while it is being read. Reused for each message of a direction. */
final class HttpHead {
  private static final int VALUE_LIMIT = 1024;
  private static final int TARGET_LIMIT = 4096;
  private static final String VERSION = "HTTP/1.";

  /** Stands for the version of SHOUTcast's answers, which name none. */
  static final String ICY = "icy";

  /** Memory of a text beside its characters, in bytes. */
  private static final int BYTES_A_TEXT = 64;

  private static final int NAME_LIMIT = 64;
  private static final int LONGEST_NAME = 64;

  boolean request;
  String method;
  String target;
  String version;
  int status;
  String reason;
  String host;
  String userAgent;
  String referrer;
  String contentType;
  String server;
  String upgrade;
  String authorization;
  String proxyAuthorization;
  String forwarded;
  String forwardedFor;
  long contentLength;
  boolean chunked;
  boolean cookie;
  boolean cut;
  boolean keepNames;

  /** Memory that the texts of this head take, in bytes, roughly. */
  private int keptBytes;

  final List<String> names = new ArrayList<>();

  /** Names of cookies in it, of the heads that are kept. */
  final Set<String> cookieNames = new LinkedHashSet<>();

  /** Reads a start line; false when it is none. */
  boolean begin(byte[] line, int offset, int length, boolean lineCut, boolean withNames) {
    clear(withNames);
    cut = lineCut;
    int end = offset + length;
    if (StartLine.matchStatus(line, offset, end) == dev.forensics.indexer.detect.Match.YES) {
      readStatus(line, offset, end);
      return true;
    }
    return readRequest(line, offset, end, lineCut);
  }

  /** Memory that it takes, in bytes, roughly. */
  int keptBytes() {
    return keptBytes;
  }

  /** True when WebSocket is asked for, or agreed to. */
  boolean isWebSocket() {
    return upgrade != null && "websocket".equalsIgnoreCase(upgrade.strip());
  }

  /** The request that was read. */
  HttpRequest toRequest(long timestampNanos, boolean complete) {
    return new HttpRequest(
        method,
        target,
        version,
        host,
        userAgent,
        referrer,
        contentType,
        contentLength,
        names,
        timestampNanos,
        complete);
  }

  /** The response that was read. */
  HttpResponse toResponse(long timestampNanos) {
    return new HttpResponse(
        status, version, reason, server, contentType, contentLength, timestampNanos);
  }

  /** What is known of a long flow is stored: credentials are kept until they were looked at. */
  void forgetCredentials() {
    authorization = null;
    proxyAuthorization = null;
  }

  private void clear(boolean withNames) {
    method = null;
    target = null;
    status = 0;
    reason = null;
    host = null;
    userAgent = null;
    referrer = null;
    contentType = null;
    server = null;
    upgrade = null;
    authorization = null;
    proxyAuthorization = null;
    forwarded = null;
    forwardedFor = null;
    contentLength = -1;
    chunked = false;
    cookie = false;
    keepNames = withNames;
    keptBytes = 0;
    names.clear();
    cookieNames.clear();
  }

  private void readStatus(byte[] line, int offset, int end) {
    request = false;
    boolean icy = StartLine.isIcy(line, offset);
    version = icy ? ICY : text(line, offset + 5, offset + 8);
    int at = offset + (icy ? 4 : 9);
    int value = 0;
    for (int digits = 0; at < end && digits < 3 && isDigit(line[at]); digits++) {
      value = value * 10 + (line[at++] - '0');
    }
    status = value;
    while (at < end && line[at] == ' ') {
      at++;
    }
    reason = text(line, at, Math.min(end, at + 128));
  }

  private boolean readRequest(byte[] line, int from, int end, boolean lineCut) {
    int offset = StartLine.skipBlanks(line, from, end);
    int methodEnd = offset;
    while (methodEnd < end && !isSeparator(line[methodEnd])) {
      methodEnd++;
    }
    int targetStart = StartLine.skipBlanks(line, methodEnd, end);
    int version1 = versionAt(line, targetStart, end);
    if (methodEnd == offset || methodEnd - offset > StartLine.METHOD_LIMIT || targetStart == end) {
      return false;
    }
    request = true;
    method = text(line, offset, methodEnd);
    if (version1 < 0) {
      return readWithoutVersion(line, targetStart, end, lineCut);
    }
    version = text(line, version1 + 5, version1 + 8);
    target = target(line, targetStart, version1);
    return !target.isEmpty();
  }

  /** A line cut at the limit, or HTTP/0.9. */
  private boolean readWithoutVersion(byte[] line, int targetStart, int end, boolean lineCut) {
    version = lineCut ? "1.1" : "0.9";
    target = target(line, targetStart, lineCut ? beforeVersion(line, targetStart, end) : end);
    boolean simple = "GET".equals(method) && target.startsWith("/") && target.indexOf(' ') < 0;
    return lineCut || simple;
  }

  /** Takes off the beginning of a version that was cut in its middle. */
  private static int beforeVersion(byte[] line, int from, int end) {
    int space = end - 1;
    while (space > from && line[space] != ' ' && end - space <= VERSION.length()) {
      space--;
    }
    String rest = text(line, space + 1, end);
    boolean version = line[space] == ' ' && space > from && VERSION.startsWith(rest);
    return version ? space : end;
  }

  private static boolean isSeparator(byte c) {
    return c == '\r' || StartLine.isBlank(c);
  }

  private static int versionAt(byte[] line, int from, int end) {
    for (int at = from; at < end; at++) {
      if (isSeparator(line[at]) && at > from && StartLine.isVersion(line, at + 1, end)) {
        return at + 1;
      }
    }
    return -1;
  }

  private String target(byte[] line, int from, int to) {
    int end = to;
    while (end > from && isSeparator(line[end - 1])) {
      end--;
    }
    if (end - from > TARGET_LIMIT) {
      cut = true;
      end = from + TARGET_LIMIT;
    }
    keptBytes += BYTES_A_TEXT + end - from;
    return Redaction.url(text(line, from, end));
  }

  /** Reads one field line (RFC 9112 section 5); what is none is skipped. */
  void field(byte[] line, int offset, int length, boolean lineCut) {
    cut |= lineCut;
    int end = offset + length;
    int colon = offset;
    while (colon < end && line[colon] != ':') {
      colon++;
    }
    int nameEnd = colon;
    while (nameEnd > offset && (line[nameEnd - 1] == ' ' || line[nameEnd - 1] == '\t')) {
      nameEnd--;
    }
    if (colon == end || nameEnd == offset || line[offset] == ' ' || line[offset] == '\t') {
      return;
    }
    if (keepNames && names.size() < NAME_LIMIT && nameEnd - offset <= LONGEST_NAME) {
      names.add(lower(text(line, offset, nameEnd)));
      keptBytes += BYTES_A_TEXT + nameEnd - offset;
    }
    int from = colon + 1;
    while (from < end && (line[from] == ' ' || line[from] == '\t')) {
      from++;
    }
    while (end > from && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
      end--;
    }
    value(line, offset, nameEnd - offset, from, end);
  }

  private void value(byte[] line, int name, int nameLength, int from, int to) {
    switch (nameLength) {
      case 4 -> host = Redaction.authority(first(host, line, name, "host", from, to));
      case 6 -> {
        server = first(server, line, name, "server", from, to);
        cookie(line, name, "cookie", from, to);
      }
      case 7 -> {
        referrer = Redaction.url(first(referrer, line, name, "referer", from, to));
        upgrade = first(upgrade, line, name, "upgrade", from, to);
      }
      case 9 -> forwarded = first(forwarded, line, name, "forwarded", from, to);
      case 15 -> forwardedFor = first(forwardedFor, line, name, "x-forwarded-for", from, to);
      case 10 -> {
        userAgent = first(userAgent, line, name, "user-agent", from, to);
        cookie(line, name, "set-cookie", from, to);
      }
      case 12 -> contentType = first(contentType, line, name, "content-type", from, to);
      case 13 -> authorization = first(authorization, line, name, "authorization", from, to);
      case 19 ->
          proxyAuthorization =
              first(proxyAuthorization, line, name, "proxy-authorization", from, to);
      case 14 -> length(line, name, from, to);
      case 17 -> coding(line, name, from, to);
      default -> {}
    }
  }

  private void cookie(byte[] line, int name, String wanted, int from, int to) {
    if (is(line, name, wanted)) {
      cookie = true;
      if (keepNames) {
        int before = cookieNames.size();
        CookieNames.read(line, from, to, !request, cookieNames);
        keptBytes += (cookieNames.size() - before) * (BYTES_A_TEXT + CookieNames.LONGEST);
      }
    }
  }

  private void length(byte[] line, int name, int from, int to) {
    if (!is(line, name, "content-length") || contentLength >= 0 || from == to || to - from > 18) {
      return;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(line[i])) {
        return;
      }
      value = value * 10 + (line[i] - '0');
    }
    contentLength = value;
  }

  private void coding(byte[] line, int name, int from, int to) {
    if (is(line, name, "transfer-encoding")) {
      chunked |= lower(text(line, from, Math.min(to, from + 256))).contains("chunked");
    }
  }

  private String first(String known, byte[] line, int name, String wanted, int from, int to) {
    if (known != null || !is(line, name, wanted)) {
      return known;
    }
    if (to - from > VALUE_LIMIT) {
      cut = true;
    }
    int end = Math.min(to, from + VALUE_LIMIT);
    keptBytes += BYTES_A_TEXT + end - from;
    return text(line, from, end);
  }

  /** Compares without regard to case; the lengths are equal already. */
  private static boolean is(byte[] line, int offset, String lowerCase) {
    for (int i = 0; i < lowerCase.length(); i++) {
      int c = line[offset + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String text(byte[] bytes, int from, int to) {
    return to <= from ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
