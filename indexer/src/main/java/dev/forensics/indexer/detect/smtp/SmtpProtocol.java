package dev.forensics.indexer.detect.smtp;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.login.Sasl;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows SMTP (RFC 5321) by the server's greeting, or by a client's EHLO, HELO, MAIL FROM or RCPT TO
 * line, the last two also midstream. Joined in its middle also by replies that only SMTP gives, and
 * by AUTH and its answer, or AUTH PLAIN with a user and a password alone.
 *
 * <p>Random bytes: a server needs "220", a separator, and a line of text with "SMTP" in it or a
 * second reply (under 2^-55); a client needs a whole line that begins with 5 given characters
 * (under 2^-50).
 */
public final class SmtpProtocol implements Protocol {
  private static final String[] COMMANDS = {"EHLO ", "HELO ", "MAIL FROM:", "RCPT TO:"};

  private static final String AUTH = "AUTH ";
  private static final String AUTH_PLAIN = "AUTH PLAIN ";

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    Match greeting =
        buffer[offset] == '2'
            ? TextProbe.greets(buffer, offset, length, "SMTP", "FTP", SmtpProtocol::secondReply)
            : Match.NO;
    if (greeting != Match.NO) {
      return greeting;
    }
    if (flow.midstream && TextProbe.replyCode(buffer, offset, length) >= 0) {
      return SmtpReplies.match(buffer, offset, length);
    }
    for (String command : COMMANDS) {
      if (TextProbe.maySend(flow, direction, true)
          && Octets.agrees(buffer, offset, length, command)) {
        return wholeLine(buffer, offset, length, command.length());
      }
    }
    return flow.midstream ? login(buffer, offset, length) : Match.NO;
  }

  /** A line of a login, which the answer to it decides: POP3 has them, too. */
  private static Match login(byte[] buffer, int offset, int length) {
    int line = TextProbe.lineLength(buffer, offset, length);
    int seen = TextProbe.seenLength(buffer, offset, length, line);
    boolean command = Octets.agrees(buffer, offset, seen, AUTH);
    boolean word = line > 0 && line == length && Sasl.isWord(buffer, offset, seen);
    return line != -2 && (command || word) ? Match.MORE : Match.NO;
  }

  /** AUTH PLAIN with a user and a password in it, of which the answer was not captured. */
  @Override
  public boolean recognizableCutOff(byte[] buffer, int offset, int length) {
    int line = TextProbe.lineLength(buffer, offset, length);
    int plain = AUTH_PLAIN.length();
    return line > 0
        && Octets.startsWith(buffer, offset, line, AUTH_PLAIN)
        && Sasl.plainUser(
                buffer, offset + plain, TextProbe.contentLength(buffer, offset, line) - plain)
            != null;
  }

  @Override
  public boolean recognizableTogether(
      byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    return Octets.startsWith(kept, 0, keptLength, AUTH)
        && switch (TextProbe.replyCode(buffer, offset, length)) {
          case 235, 334, 454, 534, 535, 538 -> true;
          default -> false;
        };
  }

  /** EHLO and HELO have one argument (RFC 5321 section 4.1.1.1): a text goes on with words. */
  private static Match wholeLine(byte[] buffer, int offset, int length, int command) {
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -1) {
      return Match.MORE;
    }
    int end = line > 0 ? TextProbe.contentLength(buffer, offset, line) : 0;
    while (end > command && buffer[offset + end - 1] == ' ') {
      end--;
    }
    boolean one = end > command;
    for (int i = command; i < end && buffer[offset + command - 1] == ' '; i++) {
      one &= buffer[offset + i] != ' ';
    }
    return one ? Match.YES : Match.NO;
  }

  private static Match secondReply(int code) {
    return switch (code) {
      case 250 -> Match.YES;
      case 500, 501, 502, 503, 421, 220 -> Match.MORE;
      default -> Match.NO;
    };
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new SmtpParser(flow, facts);
  }
}
