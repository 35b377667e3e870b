package dev.forensics.indexer.detect.pop3;

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
 * Knows POP3 (RFC 1939, RFC 2449) by the server's "+OK" greeting with a text (a bare "+OK" is
 * Redis), or by a command that no other protocol has, with the arguments it has there. USER and
 * PASS alone may be FTP: the command after them decides.
 *
 * <p>A login and its answer prove each other: USER or PASS and "+OK" or "-ERR", AUTH and its
 * continuation; Redis answers AUTH with "+OK", too, so it counts with a user and a password alone.
 *
 * <p>Random bytes: a server needs "+OK " and a whole line of text (under 2^-40); a client needs a
 * whole command line of 6 bytes or more (under 2^-44). A server never speaks commands, nor a client
 * status lines, where the beginning was seen. NNTP's STAT without an argument is the same line:
 * joined just there, NNTP is taken for POP3.
 */
public final class Pop3Protocol implements Protocol {
  /** Commands that only POP3 has. */
  private static final String[] OWN = {"CAPA", "STLS", "STAT", "UIDL", "DELE", "TOP", "APOP"};

  /** Those of them that a session may begin with. */
  private static final String[] FIRST = {"CAPA", "STLS", "APOP"};

  private static final String[] SHARED = {
    "USER ", "PASS ", "NOOP", "QUIT", "LIST", "RETR ", "AUTH "
  };
  private static final String[] LOGINS = {"USER ", "PASS ", "AUTH PLAIN", "AUTH LOGIN"};
  private static final String AUTH_PLAIN = "AUTH PLAIN ";
  private static final int COMMANDS_LOOKED_AT = 8;

  /** A blank, a name, a blank and a digest of 32 digits. */
  private static final int APOP_MINIMUM = 35;

  /** Blanks and two numbers. */
  private static final int NUMBERS_LIMIT = 22;

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
    boolean server = buffer[offset] == '+' || buffer[offset] == '-';
    if (!TextProbe.maySend(flow, direction, !server)) {
      return Match.NO;
    }
    if (buffer[offset] == '-') {
      return refusal(buffer, offset, length, flow.midstream);
    }
    if (server) {
      return greeting(buffer, offset, length);
    }
    Match command = client(buffer, offset, length, flow.midstream);
    return command == Match.YES && TextProbe.isUngreeted(flow, direction) ? Match.MORE : command;
  }

  /** What comes after a login counts there only; joined in the middle, with a line before it. */
  private static Match client(byte[] buffer, int offset, int length, boolean midstream) {
    boolean loggedIn = false;
    int at = 0;
    for (int i = 0; i < COMMANDS_LOOKED_AT && at < length; i++) {
      int start = offset + at;
      int line = TextProbe.lineLength(buffer, start, length - at);
      int seen = TextProbe.seenLength(buffer, start, length - at, line);
      boolean own = own(buffer, start, seen, line > 0);
      if (line == -2 || (!own && !TextProbe.beginsWithAny(buffer, start, seen, line > 0, SHARED))) {
        return Match.NO;
      }
      if (line < 0) {
        return Match.MORE;
      }
      boolean begins = TextProbe.beginsWithAny(buffer, start, seen, true, FIRST);
      if (own && (loggedIn || (begins && !midstream))) {
        return Match.YES;
      }
      loggedIn |= midstream || Octets.startsWith(buffer, start, seen, "USER ");
      at += line;
    }
    return at < length ? Match.NO : Match.MORE;
  }

  @Override
  public boolean recognizableTogether(
      byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    int line = TextProbe.lineLength(kept, 0, keptLength);
    if (line < 0 || !TextProbe.beginsWithAny(kept, 0, line, true, LOGINS)) {
      return false;
    }
    boolean sasl = Octets.startsWith(kept, 0, line, "AUTH ");
    boolean more = sasl && Octets.startsWith(buffer, offset, length, "+ ");
    int plain = AUTH_PLAIN.length();
    boolean secret =
        !sasl
            || (Octets.startsWith(kept, 0, line, AUTH_PLAIN)
                && Sasl.plainUser(kept, plain, TextProbe.contentLength(kept, 0, line) - plain)
                    != null);
    boolean status =
        Octets.startsWith(buffer, offset, length, "+OK")
            || Octets.startsWith(buffer, offset, length, "-ERR");
    boolean refused = buffer[offset] == '-';
    boolean understood =
        !refused
            || (TextProbe.lineLength(buffer, offset, length) > 0
                && !Octets.contains(buffer, offset, length, "UNKNOWN COMMAND"));
    return understood && (more || (secret && status));
  }

  /** Joined in its middle, the line tells whether a login before it is proved. */
  private static Match refusal(byte[] buffer, int offset, int length, boolean midstream) {
    boolean begins = midstream && Octets.agrees(buffer, offset, length, "-ERR");
    return begins && TextProbe.lineLength(buffer, offset, length) == -1 ? Match.MORE : Match.NO;
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

  /** True when the line is a command of POP3 with the arguments that it has there, so far. */
  private static boolean own(byte[] buffer, int offset, int length, boolean whole) {
    for (String word : OWN) {
      if (Octets.agrees(buffer, offset, length, word)) {
        int after = word.length();
        return length < after
            ? !whole
            : arguments(word, buffer, offset + after, length - after, whole);
      }
    }
    return false;
  }

  /** CAPA, STLS and STAT have none, APOP a name and a digest, the others numbers. */
  private static boolean arguments(
      String word, byte[] buffer, int offset, int length, boolean whole) {
    boolean apop = "APOP".equals(word);
    int least = apop ? APOP_MINIMUM : "TOP".equals(word) ? 4 : "DELE".equals(word) ? 2 : 0;
    int most = apop ? TextProbe.LINE_LIMIT : least > 0 || "UIDL".equals(word) ? NUMBERS_LIMIT : 0;
    if (length > most || (whole && length < least) || (length > 0 && buffer[offset] != ' ')) {
      return false;
    }
    for (int i = 1; i < length && !apop; i++) {
      byte value = buffer[offset + i];
      if (value != ' ' && (value < '0' || value > '9')) {
        return false;
      }
    }
    return true;
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
