package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.wire.HttpMethods;
import java.nio.charset.StandardCharsets;

/**
 * The first line of an HTTP message (RFC 9112 sections 3 and 4), judged byte by byte, so that the
 * answer for a prefix never depends on how the stream was cut.
 *
 * <p>Tolerated as servers do: empty lines and blanks before it, any whitespace between its parts
 * (section 3: space, tab, vertical tab, form feed, bare CR), spaces within the target, a bare LF,
 * any case of "HTTP", and the simple request of HTTP/0.9 when it is {@code GET /...}. An answer of
 * SHOUTcast, {@code ICY 200 OK}, is a status line, too.
 */
final class StartLine {
  /** Longest method; the longest registered one has 17 characters. */
  static final int METHOD_LIMIT = 32;

  /** Blanks before a request that are believed to be a mistake. */
  private static final int BLANK_LIMIT = 64;

  /** A target so long and clean after a well-known method needs no version to be believed. */
  static final int LONG_TARGET = 2048;

  private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

  /** "HTTP/1.1 400" */
  private static final int STATUS_END = 12;

  private static final byte[] ICY = {'I', 'C', 'Y', ' '};
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFACE_LINE = "PRI * HTTP/2.0\r\n".length();

  /** Bytes of the preface of HTTP/2 behind its first line. */
  static final int PREFACE_REST = PREFACE.length - PREFACE_LINE;

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (int c = 0; c < 128; c++) {
      TOKEN[c] =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || TOKEN_MARKS.indexOf(c) >= 0;
    }
  }

  private StartLine() {}

  /** Skips empty lines: the offset of the first byte that is neither CR nor LF, or end. */
  static int skipEmptyLines(byte[] buffer, int offset, int end) {
    int at = offset;
    while (at < end && (buffer[at] == '\r' || buffer[at] == '\n')) {
      at++;
    }
    return at;
  }

  /** Whether a message begins here. */
  static Match match(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int start = skipEmptyLines(buffer, offset, end);
    if (start == end) {
      return start - offset > 64 ? Match.NO : Match.MORE;
    }
    Match status = matchStatus(buffer, start, end);
    if (status != Match.NO) {
      return status;
    }
    Match preface = matchPreface(buffer, start, end);
    return preface != Match.NO ? preface : matchRequest(buffer, start, end);
  }

  /** True for whitespace that may part a request line, beside a bare CR (RFC 9112 section 3). */
  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == 0x0B || c == 0x0C;
  }

  /** The offset of the first byte that is no blank and no bare CR, or end; a CR at end is open. */
  static int skipBlanks(byte[] buffer, int offset, int end) {
    int at = offset;
    while (at < end && (isBlank(buffer[at]) || isBareReturn(buffer, at, end))) {
      at++;
    }
    return at;
  }

  private static boolean isBareReturn(byte[] buffer, int at, int end) {
    return buffer[at] == '\r' && at + 1 < end && buffer[at + 1] != '\n' && buffer[at + 1] != '\r';
  }

  /** A status line: HTTP/d.d SP digit; or SHOUTcast's, ICY SP three digits. */
  static Match matchStatus(byte[] buffer, int start, int end) {
    Match icy = matchIcy(buffer, start, end);
    return icy != Match.NO ? icy : matchHttpStatus(buffer, start, end);
  }

  private static Match matchIcy(byte[] buffer, int start, int end) {
    for (int i = 0; i < ICY.length + 3; i++) {
      if (start + i == end) {
        return Match.MORE;
      }
      int c = buffer[start + i];
      boolean fits = i < ICY.length ? c == ICY[i] : c >= (i == ICY.length ? '1' : '0') && c <= '9';
      if (!fits) {
        return Match.NO;
      }
    }
    return Match.YES;
  }

  /** True when a status line, known to be one, is SHOUTcast's. */
  static boolean isIcy(byte[] line, int offset) {
    return line[offset] == 'I';
  }

  private static Match matchHttpStatus(byte[] buffer, int start, int end) {
    for (int i = 0; i < 10; i++) {
      if (start + i == end) {
        return Match.MORE;
      }
      int c = buffer[start + i];
      boolean fits =
          switch (i) {
            case 0, 1, 2, 3 -> upper(c) == HTTP[i];
            case 4 -> c == '/';
            case 5, 7 -> c >= '0' && c <= '9';
            case 6 -> c == '.';
            case 8 -> c == ' ';
            default -> c >= '1' && c <= '9';
          };
      if (!fits) {
        return Match.NO;
      }
    }
    return Match.YES;
  }

  /** True when a status line begins here, whole as far as it tells. */
  static boolean isStatus(byte[] buffer, int offset, int length) {
    return matchStatus(buffer, offset, offset + length) == Match.YES;
  }

  /**
   * True for a start line without its end that tells what it is.
   *
   * @param missing whether more was sent, so that a status may have more digits
   */
  static boolean isEnough(byte[] buffer, int length, boolean missing) {
    boolean open = missing && length < STATUS_END && isStatus(buffer, 0, length);
    return !open && match(buffer, 0, length) == Match.YES;
  }

  /** The preface of HTTP/2 (RFC 9113 section 3.4). */
  static Match matchPreface(byte[] buffer, int start, int end) {
    for (int i = 0; i < PREFACE.length; i++) {
      if (start + i == end) {
        return Match.MORE;
      }
      if (buffer[start + i] != PREFACE[i]) {
        return Match.NO;
      }
    }
    return Match.YES;
  }

  /** True for the first line of the preface of HTTP/2, without its end. */
  static boolean isPreface(byte[] line, int offset, int length) {
    return length == PREFACE_LINE - 2 && matchPreface(line, offset, offset + length) == Match.MORE;
  }

  /** True for a line that agrees with a request so far: a well-known method and a path's slash. */
  static boolean isBegunRequest(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int start = skipEmptyLines(buffer, offset, end);
    int space = start;
    while (space < end && TOKEN[buffer[space] & 0xFF]) {
      space++;
    }
    return space + 1 < end
        && isBlank(buffer[space])
        && buffer[space + 1] == '/'
        && isWellKnown(buffer, start, space)
        && matchRequest(buffer, start, end) != Match.NO;
  }

  private static Match matchRequest(byte[] buffer, int from, int end) {
    int start = skipBlanks(buffer, from, end);
    int at = start;
    while (at < end && TOKEN[buffer[at] & 0xFF]) {
      at++;
    }
    if (at - start > METHOD_LIMIT || start - from > BLANK_LIMIT) {
      return Match.NO;
    }
    if (at == end) {
      return Match.MORE;
    }
    int target = skipBlanks(buffer, at, end);
    if (at == start || target == at) {
      return at > start && isOpenReturn(buffer, at, end) ? Match.MORE : Match.NO;
    }
    return matchTarget(buffer, start, at, target, end);
  }

  /** A CR that ends what is there: the next byte tells whether it ends the line. */
  private static boolean isOpenReturn(byte[] buffer, int at, int end) {
    return buffer[at] == '\r' && at + 1 == end;
  }

  private static Match matchTarget(byte[] buffer, int start, int methodEnd, int target, int end) {
    int at = target;
    while (at < end) {
      byte c = buffer[at];
      int after = skipBlanks(buffer, at, end);
      if (isOpenReturn(buffer, at, end)) {
        return Match.MORE;
      }
      if (c == '\n' || (c == '\r' && after == at)) {
        return c == '\r' && buffer[at + 1] != '\n'
            ? Match.NO
            : isSimple(buffer, start, methodEnd, target, at);
      }
      if (after > at) {
        Match version = matchVersion(buffer, start, methodEnd, target, at, after, end);
        if (version != null) {
          return version;
        }
        at = after;
      } else if ((c >= 0 && c < 0x20) || c == 0x7F) {
        return Match.NO;
      } else {
        at++;
      }
      if (at - target >= LONG_TARGET) {
        return isWellKnown(buffer, start, methodEnd) && buffer[target] == '/'
            ? Match.YES
            : Match.NO;
      }
    }
    return Match.MORE;
  }

  /**
   * What follows blanks behind a target: the version and the line's end; null when the target goes
   * on, which only spaces allow.
   */
  private static Match matchVersion(
      byte[] buffer, int start, int methodEnd, int target, int targetEnd, int from, int end) {
    if (isVersion(buffer, from, end)) {
      Match last = matchLineEnd(buffer, from + 8, end);
      if (last == Match.MORE) {
        return Match.MORE;
      }
      if (last == Match.YES) {
        return isTarget(buffer, start, methodEnd, target, targetEnd) ? Match.YES : Match.NO;
      }
    }
    boolean spaces = true;
    for (int i = targetEnd; i < from; i++) {
      spaces &= buffer[i] == ' ';
    }
    boolean mayBeVersion = from == end || agreesWithVersion(buffer, from, end);
    return spaces || mayBeVersion ? null : Match.NO;
  }

  /** What is there, less than a version's 8 bytes, may begin one or the line's end. */
  private static boolean agreesWithVersion(byte[] buffer, int at, int end) {
    int length = Math.min(HTTP.length, end - at);
    for (int i = 0; i < length; i++) {
      if (upper(buffer[at + i]) != HTTP[i]) {
        return isOpenReturn(buffer, at, end);
      }
    }
    return end - at < 8;
  }

  /** The version ends a request line; in the middle of one (a log's, a sentence's) it does not. */
  private static Match matchLineEnd(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && isBlank(buffer[at])) {
      at++;
    }
    if (at == end) {
      return Match.MORE;
    }
    return buffer[at] == '\r' || buffer[at] == '\n' ? Match.YES : Match.NO;
  }

  /**
   * A path, an asterisk and a URI are targets of any method. Anything else has no blanks and stands
   * behind a registered method: lines of text and of other protocols may end in a version.
   */
  private static boolean isTarget(
      byte[] buffer, int start, int methodEnd, int target, int targetEnd) {
    if (buffer[target] == '/' || buffer[target] == '*') {
      return true;
    }
    boolean blank = false;
    boolean uri = false;
    for (int i = target; i < targetEnd; i++) {
      blank |= buffer[i] == ' ';
      uri |= buffer[i] == ':' && i + 1 < targetEnd && buffer[i + 1] == '/';
    }
    return !blank && (uri || HttpMethods.isOfAnyTarget(buffer, start, methodEnd - start));
  }

  /** HTTP/0.9: GET SP /path and nothing else (RFC 1945 section 4.1). */
  private static Match isSimple(byte[] buffer, int start, int methodEnd, int target, int lineEnd) {
    if (methodEnd - start != 3 || buffer[start] != 'G' || buffer[start + 1] != 'E') {
      return Match.NO;
    }
    if (buffer[start + 2] != 'T'
        || buffer[methodEnd] != ' '
        || target == lineEnd
        || buffer[target] != '/') {
      return Match.NO;
    }
    for (int i = target; i < lineEnd; i++) {
      if (buffer[i] == ' ') {
        return Match.NO;
      }
    }
    return Match.YES;
  }

  /** HTTP/1. and a digit stand here, whole. */
  static boolean isVersion(byte[] buffer, int at, int end) {
    if (end - at < 8) {
      return false;
    }
    for (int i = 0; i < HTTP.length; i++) {
      if (upper(buffer[at + i]) != HTTP[i]) {
        return false;
      }
    }
    return buffer[at + 5] == '1'
        && buffer[at + 6] == '.'
        && buffer[at + 7] >= '0'
        && buffer[at + 7] <= '9';
  }

  private static boolean isWellKnown(byte[] buffer, int start, int end) {
    return switch (new String(buffer, start, end - start, StandardCharsets.US_ASCII)) {
      case "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH" -> true;
      default -> false;
    };
  }

  private static int upper(int c) {
    return c >= 'a' && c <= 'z' ? c - 32 : c;
  }
}
