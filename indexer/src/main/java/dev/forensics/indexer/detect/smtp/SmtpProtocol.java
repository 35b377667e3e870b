package dev.forensics.indexer.detect.smtp;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows SMTP (RFC 5321) by the server's greeting, or by a client's EHLO, HELO, MAIL FROM or RCPT TO
 * line, the last two also midstream.
 *
 * <p>Random bytes: a server needs "220", a separator, and a line of text with "SMTP" in it or a
 * second reply (under 2^-55); a client needs a whole line that begins with 5 given characters
 * (under 2^-50).
 */
public final class SmtpProtocol implements Protocol {
  private static final String[] COMMANDS = {"EHLO ", "HELO ", "MAIL FROM:", "RCPT TO:"};

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
    if (buffer[offset] == '2') {
      return TextProbe.greets(buffer, offset, length, "SMTP", "FTP", SmtpProtocol::secondReply);
    }
    for (String command : COMMANDS) {
      if (Octets.agrees(buffer, offset, length, command)) {
        return wholeLine(buffer, offset, length, command.length());
      }
    }
    return Match.NO;
  }

  private static Match wholeLine(byte[] buffer, int offset, int length, int command) {
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -1) {
      return Match.MORE;
    }
    return line > 0 && TextProbe.contentLength(buffer, offset, line) > command
        ? Match.YES
        : Match.NO;
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
