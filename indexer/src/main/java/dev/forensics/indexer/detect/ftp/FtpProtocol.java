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
 * that no other protocol has. USER and PASS alone may be POP3: the command after them decides.
 *
 * <p>Random bytes: a server needs "220" and a separator, a line of text with its end and "FTP" in
 * it or a second reply (under 2^-55); a client needs a whole command line of 6 bytes or more (under
 * 2^-44).
 */
public final class FtpProtocol implements Protocol {
  /** Commands that only FTP has, and that need no argument. */
  private static final String[] PLAIN = {"SYST", "FEAT", "PASV", "EPSV", "CDUP", "XPWD", "NLST"};

  /** Commands that only FTP has, with an argument. */
  private static final String[] WITH_ARGUMENT = {
    "PORT ",
    "EPRT ",
    "TYPE ",
    "STOR ",
    "MLSD ",
    "MDTM ",
    "SIZE ",
    "OPTS ",
    "PBSZ ",
    "PROT ",
    "CWD ",
    "AUTH TLS",
    "AUTH SSL",
    "NLST ",
    "APPE "
  };

  /** Commands that others have too: they leave it open. */
  private static final String[] SHARED = {"USER ", "PASS ", "NOOP", "QUIT", "PWD", "LIST", "RETR "};

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
    if (buffer[offset] == '2') {
      return TextProbe.greets(buffer, offset, length, "FTP", "SMTP", FtpProtocol::secondReply);
    }
    return client(buffer, offset, length);
  }

  private static Match secondReply(int code) {
    return switch (code) {
      case 331, 332, 230, 234, 334, 211, 215, 530, 533, 431 -> Match.YES;
      case 500, 501, 502, 503, 421, 220 -> Match.MORE;
      default -> Match.NO;
    };
  }

  private static Match client(byte[] buffer, int offset, int length) {
    int at = 0;
    for (int i = 0; i < COMMANDS_LOOKED_AT && at < length; i++) {
      int line = TextProbe.lineLength(buffer, offset + at, length - at);
      int seen = line > 0 ? line : length - at;
      if (line == -2) {
        return Match.NO;
      }
      if (own(buffer, offset + at, seen)) {
        return line > 0 ? Match.YES : Match.MORE;
      }
      if (!shared(buffer, offset + at, seen)) {
        return Match.NO;
      }
      if (line < 0) {
        return Match.MORE;
      }
      at += line;
    }
    return at < length ? Match.NO : Match.MORE;
  }

  private static boolean own(byte[] buffer, int offset, int length) {
    for (String word : PLAIN) {
      if (Octets.agrees(buffer, offset, length, word) && endsAfter(buffer, offset, length, word)) {
        return true;
      }
    }
    return Octets.agreesWithAny(buffer, offset, length, WITH_ARGUMENT);
  }

  private static boolean endsAfter(byte[] buffer, int offset, int length, String word) {
    int after = word.length();
    return length <= after || buffer[offset + after] == '\r' || buffer[offset + after] == '\n';
  }

  private static boolean shared(byte[] buffer, int offset, int length) {
    return Octets.agreesWithAny(buffer, offset, length, SHARED);
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
