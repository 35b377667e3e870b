package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.Match;

/**
 * Request lines with a bare word for a target, such as {@code PUT name HTTP/1.1}. Lines of text
 * have that form, too; so what follows has to be a field (RFC 9112 section 5) or the end of the
 * head.
 */
final class BareTarget {
  private static final int NAME_LIMIT = 64;

  private BareTarget() {}

  /** True for a line, known to begin a message, that is such a request. */
  static boolean isIn(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int start = StartLine.skipEmptyLines(buffer, offset, end);
    int lineEnd = endOfLine(buffer, start, end);
    int version = lineEnd;
    while (version > start && buffer[version - 1] != ' ') {
      version--;
    }
    if (lineEnd == end || version == start || StartLine.isStatus(buffer, start, end - start)) {
      return false;
    }
    for (int i = start; i < version; i++) {
      if (buffer[i] == '/' || buffer[i] == '*' || buffer[i] == ':') {
        return false;
      }
    }
    return true;
  }

  /** Whether a field or an empty line follows it. */
  static Match follows(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int at = endOfLine(buffer, StartLine.skipEmptyLines(buffer, offset, end), end) + 1;
    int from = at;
    while (at < end && buffer[at] > ' ' && buffer[at] != ':' && at - from < NAME_LIMIT) {
      at++;
    }
    if (at >= end) {
      return Match.MORE;
    }
    boolean field = at > from && buffer[at] == ':';
    boolean empty = at == from && (buffer[at] == '\r' || buffer[at] == '\n');
    return field || empty ? Match.YES : Match.NO;
  }

  private static int endOfLine(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && buffer[at] != '\n') {
      at++;
    }
    return at;
  }
}
