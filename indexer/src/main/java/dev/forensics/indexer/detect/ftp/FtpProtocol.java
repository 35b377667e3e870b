package dev.forensics.indexer.detect.ftp;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows an FTP control connection (RFC 959, RFC 4217) by the server's greeting, or by a command
 * that no other protocol has, with an argument that fits. USER and PASS alone may be POP3: the
 * command after them decides. Joined in its middle, also by a reply whose code and words are FTP's.
 *
 * <p>Random bytes: a server needs "220" and a separator, a line of text with its end and "FTP" in
 * it or a second reply (under 2^-55), in the middle a code and a word of 4 letters (under 2^-60); a
 * client needs a whole command line of 6 bytes or more (under 2^-44). Other protocols of reply
 * codes (SMTP, NNTP) have other words; a server never speaks commands, nor a client replies, where
 * the beginning was seen.
 */
public final class FtpProtocol implements Protocol {
  /** Commands that others have too: they leave it open. */
  private static final String[] SHARED = {"USER ", "PASS ", "NOOP", "QUIT", "PWD", "LIST", "RETR "};

  private static final String[] LOGINS = {"USER ", "PASS "};

  private static final int COMMANDS_LOOKED_AT = 8;

  @Override
  public String name() {
    return "ftp";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (TextProbe.replyCode(buffer, offset, length) >= 0) {
      return server(buffer, offset, length, direction, flow);
    }
    if (!TextProbe.maySend(flow, direction, true)) {
      return Match.NO;
    }
    Match command = client(buffer, offset, length);
    return command == Match.YES && TextProbe.isUngreeted(flow, direction) ? Match.MORE : command;
  }

  private static Match server(
      byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (!TextProbe.maySend(flow, direction, false)) {
      return Match.NO;
    }
    Match greeting =
        buffer[offset] == '2'
            ? TextProbe.greets(buffer, offset, length, "FTP", "SMTP", FtpProtocol::secondReply)
            : Match.NO;
    return greeting == Match.NO && flow.midstream
        ? FtpReplies.match(buffer, offset, length)
        : greeting;
  }

  private static Match secondReply(int code) {
    return switch (code) {
      case 331, 332, 230, 234, 334, 211, 215, 530, 533, 431 -> Match.YES;
      case 500, 501, 502, 503, 421, 220 -> Match.MORE;
      default -> Match.NO;
    };
  }

  /** A login and its answer prove each other, whatever the answer's words are. */
  @Override
  public boolean recognizableTogether(
      byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    int line = TextProbe.lineLength(kept, 0, keptLength);
    boolean login = line > 0 && TextProbe.beginsWithAny(kept, 0, line, true, LOGINS);
    return login
        && switch (TextProbe.replyCode(buffer, offset, length)) {
          case 230, 331, 332, 530 -> true;
          default -> false;
        };
  }

  private static Match client(byte[] buffer, int offset, int length) {
    boolean loggedIn = false;
    int at = 0;
    for (int i = 0; i < COMMANDS_LOOKED_AT && at < length; i++) {
      int start = offset + at;
      int line = TextProbe.lineLength(buffer, start, length - at);
      int seen = TextProbe.seenLength(buffer, start, length - at, line);
      if (line == -2) {
        return Match.NO;
      }
      if (FtpCommands.isOwn(buffer, start, seen, line > 0, loggedIn)) {
        return line > 0 ? Match.YES : Match.MORE;
      }
      if (!TextProbe.beginsWithAny(buffer, start, seen, line > 0, SHARED)
          && !TextProbe.beginsWithAny(buffer, start, seen, line > 0, FtpCommands.WITH_PATH)) {
        return Match.NO;
      }
      if (line < 0) {
        return Match.MORE;
      }
      loggedIn |= Octets.startsWith(buffer, start, seen, "USER ");
      at += line;
    }
    return at < length ? Match.NO : Match.MORE;
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new FtpParser(flow, facts);
  }
}
