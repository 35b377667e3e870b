package dev.forensics.indexer.detect.smtp;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import java.util.List;

/**
 * Replies that only an SMTP server gives (RFC 5321, RFC 4954), for a connection that was joined in
 * its middle: with an enhanced status code (RFC 2034), or by code and words. FTP and NNTP have the
 * same form and partly the same codes.
 */
final class SmtpReplies {
  /** A code, and words of which its text has one. */
  private record Reply(int code, List<String> words) {}

  /** Base64 of what servers ask for: "Username:" and "Password:", in the cases that are met. */
  private static final List<String> PROMPTS =
      List.of("VXNLCM5HBWU6", "DXNLCM5HBWU6", "VXNLCIBOYW1L", "UGFZC3DVCMQ6", "CGFZC3DVCMQ6");

  private static final Reply[] REPLIES = {
    new Reply(
        250,
        List.of(
            "PIPELINING",
            "8BITMIME",
            "ENHANCEDSTATUSCODES",
            "SMTPUTF8",
            "SENDER OK",
            "RECIPIENT OK",
            "QUEUED",
            "MESSAGE ACCEPTED")),
    new Reply(354, List.of("END DATA WITH", "ENTER M", "START MAIL INPUT", "<CR><LF>", "GO AHEAD")),
    new Reply(221, List.of("TRANSMISSION CHANNEL", "CLOSING CONNECTION")),
    new Reply(235, List.of("AUTHENTICATION", "AUTHENTICATED")),
    new Reply(535, List.of("AUTHENTICATION", "CREDENTIALS")),
    new Reply(334, PROMPTS),
    new Reply(550, List.of("USER UNKNOWN", "RELAY", "MAILBOX UNAVAILABLE", "NO SUCH USER")),
    new Reply(554, List.of("RELAY", "SPAM"))
  };

  private static final int LINES_LOOKED_AT = 8;

  private SmtpReplies() {}

  /** Whether one of the first lines is such a reply. */
  static Match match(byte[] buffer, int offset, int length) {
    int at = 0;
    for (int i = 0; i < LINES_LOOKED_AT && at < length; i++) {
      int start = offset + at;
      int code = TextProbe.replyCode(buffer, start, length - at);
      int line = TextProbe.lineLength(buffer, start, length - at);
      if (code < 0 || line == -2 || !isOfSmtp(code)) {
        return Match.NO;
      }
      if (line < 0) {
        return Match.MORE;
      }
      if (isEnhanced(buffer, start, line) || has(code, buffer, start + 4, line - 4)) {
        return Match.YES;
      }
      at += line;
    }
    return at < length ? Match.NO : Match.MORE;
  }

  /** Codes that no SMTP server gives leave it to others. */
  private static boolean isOfSmtp(int code) {
    return switch (code) {
      case 0, 211, 214, 220, 221, 235, 250, 251, 252, 334, 354 -> true;
      default -> code >= 421;
    };
  }

  private static boolean has(int code, byte[] buffer, int offset, int length) {
    for (Reply reply : REPLIES) {
      for (int i = 0; reply.code() == code && i < reply.words().size(); i++) {
        if (Octets.contains(buffer, offset, length, reply.words().get(i))) {
          return true;
        }
      }
    }
    return false;
  }

  /** "250 2.1.0 Ok": the class of both codes is the same. */
  private static boolean isEnhanced(byte[] buffer, int offset, int length) {
    int at = offset + 4;
    int end = offset + length;
    if (length < 10 || buffer[at] != buffer[offset] || "245".indexOf(buffer[at]) < 0) {
      return false;
    }
    at++;
    for (int part = 0; part < 2; part++) {
      int from = at + 1;
      if (at >= end || buffer[at] != '.') {
        return false;
      }
      at = from;
      while (at < end && at - from < 3 && buffer[at] >= '0' && buffer[at] <= '9') {
        at++;
      }
      if (at == from) {
        return false;
      }
    }
    return at < end && (buffer[at] == ' ' || buffer[at] == '\r' || buffer[at] == '\n');
  }

  /**
   * What a reply of code 334 asks for.
   *
   * @return 1 the name, 2 the password, 0 something else
   */
  static int asksFor(byte[] line, int length) {
    for (int i = 0; i < PROMPTS.size(); i++) {
      if (Octets.startsWith(line, 4, length - 4, PROMPTS.get(i))) {
        return i < 3 ? 1 : 2;
      }
    }
    return 0;
  }
}
