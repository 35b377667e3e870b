package dev.forensics.indexer.detect.imap;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows IMAP (RFC 3501, RFC 9051) by the server's untagged greeting, or by a tagged command of the
 * client.
 *
 * <p>Random bytes: a server needs "* OK", "* PREAUTH" or "* BYE" and a whole line of text (under
 * 2^-40); a client needs a tag with a digit in it, a space, a command of 4 letters or more and the
 * end of the line (under 2^-40).
 */
public final class ImapProtocol implements Protocol {
  private static final String[] GREETINGS = {"* OK ", "* PREAUTH ", "* BYE "};
  private static final String[] COMMANDS = {
    "LOGIN ",
    "CAPABILITY",
    "AUTHENTICATE ",
    "STARTTLS",
    "SELECT ",
    "EXAMINE ",
    "NAMESPACE",
    "ENABLE ",
    "NOOP",
    "LOGOUT",
    "LIST ",
    "LSUB ",
    "STATUS ",
    "FETCH ",
    "UID FETCH ",
    "IDLE",
    "COMPRESS "
  };
  private static final int TAG_LIMIT = 16;
  private static final int GREETING_MINIMUM = 8;

  @Override
  public String name() {
    return "imap";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    return buffer[offset] == '*' ? server(buffer, offset, length) : client(buffer, offset, length);
  }

  private static Match server(byte[] buffer, int offset, int length) {
    if (!Octets.agreesWithAny(buffer, offset, length, GREETINGS)) {
      return Match.NO;
    }
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -1) {
      return Match.MORE;
    }
    return line >= GREETING_MINIMUM ? Match.YES : Match.NO;
  }

  private static Match client(byte[] buffer, int offset, int length) {
    int tag = 0;
    boolean digit = false;
    while (tag < length && tag <= TAG_LIMIT && isTag(buffer[offset + tag])) {
      digit |= buffer[offset + tag] >= '0' && buffer[offset + tag] <= '9';
      tag++;
    }
    if (tag == 0 || tag > TAG_LIMIT) {
      return Match.NO;
    }
    if (tag == length) {
      return Match.MORE;
    }
    int command = tag + 1;
    if (buffer[offset + tag] != ' '
        || !digit
        || !Octets.agreesWithAny(buffer, offset + command, length - command, COMMANDS)) {
      return Match.NO;
    }
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -1) {
      return Match.MORE;
    }
    return line > command + 4 ? Match.YES : Match.NO;
  }

  private static boolean isTag(byte value) {
    return (value >= '0' && value <= '9')
        || (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || value == '.'
        || value == '_'
        || value == '-';
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new ImapParser(flow, facts);
  }
}
