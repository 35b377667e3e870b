package dev.forensics.indexer.detect.ftp;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import java.util.List;

/**
 * Replies that only an FTP server gives (RFC 959, RFC 2428), by code and words, for a connection
 * that was joined in its middle. SMTP and NNTP have the same form and partly the same codes.
 */
final class FtpReplies {
  /** A code, and words of which its text has one. */
  private record Reply(int code, List<String> words) {}

  private static final Reply[] REPLIES = {
    new Reply(
        331,
        List.of("PASS", "USER", "LOGIN OK", "ANONYM", "GUEST", "NAME OK", "MOT DE", "KENNWORT")),
    new Reply(227, List.of("PASSIVE", "(")),
    new Reply(229, List.of("PASSIVE", "(|")),
    new Reply(230, List.of("LOGGED IN", "LOGIN", "DIRECTORY", "ANONYMOUS", "USER ")),
    new Reply(530, List.of("LOGIN", "LOG IN", "LOGGED IN", "PASSWORD")),
    new Reply(125, List.of("DATA CONNECTION", "TRANSFER")),
    new Reply(
        150, List.of("DATA CONNECTION", "DATA CHANNEL", "OPENING", "DIRECTORY", "FILE STATUS")),
    new Reply(226, List.of("TRANSFER", "DIRECTORY SEND", "DATA CONNECTION", "MATCHES")),
    new Reply(
        200,
        List.of(
            "COMMAND SUCCESS",
            "COMMAND OK",
            "TYPE SET TO",
            "TYPE IS NOW",
            "SWITCHING TO",
            "PORT COMMAND")),
    new Reply(215, List.of("UNIX TYPE", "WINDOWS_NT", "WINDOWS NT", "TYPE: L8")),
    new Reply(234, List.of("AUTH TLS", "AUTH SSL", "NEGOTIATION")),
    new Reply(
        250,
        List.of(
            "DIRECTORY",
            "CWD COMMAND",
            "CWD SUCC",
            "CWD OK",
            "DELE COMMAND",
            "RMD COMMAND",
            "RNTO COMMAND")),
    new Reply(257, List.of("\"")),
    new Reply(350, List.of("RNTO", "RESTART", "DESTINATION")),
    new Reply(425, List.of("DATA CONNECTION")),
    new Reply(426, List.of("TRANSFER", "DATA CONNECTION")),
    new Reply(550, List.of("NO SUCH FILE", "DIRECTORY", "FILE NOT", "OPEN FILE", "GET FILE SIZE"))
  };

  private FtpReplies() {}

  /** Whether the first line is such a reply. */
  static Match match(byte[] buffer, int offset, int length) {
    int code = TextProbe.replyCode(buffer, offset, length);
    if (code < 0) {
      return Match.NO;
    }
    if (code == 0) {
      return Match.MORE;
    }
    for (Reply reply : REPLIES) {
      if (reply.code() == code) {
        return match(reply.words(), buffer, offset, length);
      }
    }
    return Match.NO;
  }

  private static Match match(List<String> words, byte[] buffer, int offset, int length) {
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -1) {
      return Match.MORE;
    }
    if (line < 0) {
      return Match.NO;
    }
    boolean found = false;
    for (int i = 0; i < words.size() && !found; i++) {
      found = Octets.contains(buffer, offset + 4, line - 4, words.get(i));
    }
    return found ? Match.YES : Match.NO;
  }
}
