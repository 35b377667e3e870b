package dev.forensics.indexer.detect.pop3;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows POP3 (RFC 1939, RFC 2449) by the server's "+OK" greeting with a text (a bare "+OK" is
 * Redis), or by a command that no other protocol has. USER and PASS alone may be FTP: the command
 * after them decides.
 *
 * <p>Random bytes: a server needs "+OK " and a whole line of text (under 2^-40); a client needs a
 * whole command line of 6 bytes or more (under 2^-44).
 */
public final class Pop3Protocol implements Protocol {
  private static final String[] OWN = {"CAPA", "STLS", "APOP ", "UIDL", "TOP ", "STAT", "DELE "};
  private static final String[] SHARED = {"USER ", "PASS ", "NOOP", "QUIT", "LIST", "RETR "};
  private static final int COMMANDS_LOOKED_AT = 8;

  /** "+OK " and at least this many bytes of text. */
  private static final int GREETING_MINIMUM = 8;

  @Override
  public String name() {
    return "pop3";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (buffer[offset] == '+') {
      return greeting(buffer, offset, length);
    }
    int at = 0;
    for (int i = 0; i < COMMANDS_LOOKED_AT && at < length; i++) {
      int line = TextProbe.lineLength(buffer, offset + at, length - at);
      int seen = line > 0 ? TextProbe.contentLength(buffer, offset + at, line) : length - at;
      boolean own = matches(buffer, offset + at, seen, OWN);
      if (line == -2 || (!own && !matches(buffer, offset + at, seen, SHARED))) {
        return Match.NO;
      }
      if (line < 0) {
        return Match.MORE;
      }
      if (own && seen >= 4) {
        return Match.YES;
      }
      at += line;
    }
    return at < length ? Match.NO : Match.MORE;
  }

  private static Match greeting(byte[] buffer, int offset, int length) {
    if (!Octets.agrees(buffer, offset, length, "+OK ")) {
      return Match.NO;
    }
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -1) {
      return Match.MORE;
    }
    return line >= GREETING_MINIMUM ? Match.YES : Match.NO;
  }

  /** True when the line is one of these commands, alone or with a space after it. */
  private static boolean matches(byte[] buffer, int offset, int length, String[] words) {
    for (String word : words) {
      boolean whole =
          length <= word.length() || word.endsWith(" ") || buffer[offset + word.length()] == ' ';
      if (Octets.agrees(buffer, offset, length, word)
          && (whole || buffer[offset + word.length()] == '\r')) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new Pop3Parser(flow, facts);
  }
}
