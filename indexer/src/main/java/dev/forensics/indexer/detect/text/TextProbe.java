package dev.forensics.indexer.detect.text;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSide;

/** Looks at the beginning of a direction of a line-based protocol. Stateless, no allocation. */
public final class TextProbe {
  /** Bytes after which an undecided beginning is given up. */
  public static final int LIMIT = 2048;

  /** Length of a line after which it is no command of any of these protocols. */
  public static final int LINE_LIMIT = 1024;

  private TextProbe() {}

  /**
   * Length of the first line with its LF.
   *
   * @return -1 when it is not complete, -2 when these bytes are no line of text
   */
  public static int lineLength(byte[] buffer, int offset, int length) {
    for (int i = 0; i < length; i++) {
      byte value = buffer[offset + i];
      if (value == '\n') {
        return i + 1;
      }
      boolean end = value == '\r';
      if ((end && i + 1 < length && buffer[offset + i + 1] != '\n')
          || (!end && !Octets.text(value))) {
        return -2;
      }
      if (i >= LINE_LIMIT) {
        return -2;
      }
    }
    return -1;
  }

  /** Length of a line of {@link #lineLength} without its CR and LF. */
  public static int contentLength(byte[] buffer, int offset, int lineLength) {
    int n = lineLength - 1;
    return n > 0 && buffer[offset + n - 1] == '\r' ? n - 1 : n;
  }

  /**
   * True when a client's command cannot be judged yet: the server of these protocols speaks first,
   * and this one is there but has not said a word.
   */
  public static boolean isUngreeted(Flow flow, Direction client) {
    FlowSide server = flow.side(client.reverse());
    return !flow.midstream && server.packets > 0 && server.payloadBytes == 0;
  }

  /**
   * Length of a line's content, as far as it goes.
   *
   * @param line what {@link #lineLength} said: positive, or -1
   * @param length of all bytes from the line's beginning
   */
  public static int seenLength(byte[] buffer, int offset, int length, int line) {
    if (line > 0) {
      return contentLength(buffer, offset, line);
    }
    return length > 0 && buffer[offset + length - 1] == '\r' ? length - 1 : length;
  }

  /** True when a line's content begins with one of these words, or is the beginning of one. */
  public static boolean beginsWithAny(
      byte[] buffer, int offset, int seen, boolean whole, String[] upperCaseWords) {
    for (String word : upperCaseWords) {
      if (Octets.agrees(buffer, offset, seen, word) && (!whole || seen >= word.length())) {
        return true;
      }
    }
    return false;
  }

  /**
   * True when a direction may be the client's, or the server's: not the other one's where the
   * connection was seen from its beginning.
   */
  public static boolean maySend(Flow flow, Direction direction, boolean client) {
    return flow.midstream || client == (direction == flow.opener);
  }

  /**
   * The code of a numeric reply line ("220 text", "220-text", "220").
   *
   * @return 100..599, 0 when more bytes are needed, -1 when this is no reply
   */
  public static int replyCode(byte[] buffer, int offset, int length) {
    int code = 0;
    for (int i = 0; i < 3; i++) {
      if (i >= length) {
        return 0;
      }
      int digit = buffer[offset + i] - '0';
      if (digit < 0 || digit > 9 || (i == 0 && (digit < 1 || digit > 5))) {
        return -1;
      }
      code = code * 10 + digit;
    }
    if (length > 3) {
      byte separator = buffer[offset + 3];
      return separator == ' ' || separator == '-' || separator == '\r' || separator == '\n'
          ? code
          : -1;
    }
    return 0;
  }

  /**
   * What a server says that greets with 220: the greeting's words and the code of its next reply.
   */
  public static Match greets(
      byte[] buffer, int offset, int length, String own, String other, ReplySet second) {
    boolean sawOwn = false;
    boolean sawOther = false;
    boolean greeted = false;
    int at = 0;
    while (at < length && at < LIMIT) {
      int start = offset + at;
      int code = replyCode(buffer, start, length - at);
      int line = lineLength(buffer, start, length - at);
      boolean continuation = !greeted && at > 0;
      if (code == 220 && isArticle(buffer, start + 4, length - at - 4)) {
        return Match.NO;
      }
      if ((code < 0 && !continuation)
          || line == -2
          || (!greeted && at == 0 && code > 0 && code != 220)) {
        return Match.NO;
      }
      Match judged = greeted && code > 0 ? second.judge(code) : Match.MORE;
      if (judged != Match.MORE) {
        return judged;
      }
      if (line == -1) {
        return length < LIMIT ? Match.MORE : Match.NO;
      }
      sawOwn |= Octets.contains(buffer, start, line, own);
      sawOther |= Octets.contains(buffer, start, line, other);
      if (code == 220 && buffer[start + 3] != '-') {
        greeted = true;
        if (sawOwn != sawOther) {
          return sawOwn ? Match.YES : Match.NO;
        }
      }
      at += line;
    }
    return length < LIMIT ? Match.MORE : Match.NO;
  }

  /** NNTP (RFC 3977 6.2.1): 220, a number, and the id of an article in angle brackets. */
  private static boolean isArticle(byte[] buffer, int offset, int length) {
    int digits = 0;
    while (digits < length && buffer[offset + digits] >= '0' && buffer[offset + digits] <= '9') {
      digits++;
    }
    return digits > 0
        && digits + 1 < length
        && buffer[offset + digits] == ' '
        && buffer[offset + digits + 1] == '<';
  }

  /** What the code of a server's second reply says about its protocol. */
  @FunctionalInterface
  public interface ReplySet {
    /** YES when only this protocol answers so, NO when another one does, MORE when both may. */
    Match judge(int code);
  }
}
