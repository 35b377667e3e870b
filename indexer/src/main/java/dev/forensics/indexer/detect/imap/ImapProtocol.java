package dev.forensics.indexer.detect.imap;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;

/**
 * Knows IMAP (RFC 3501, RFC 9051) by the server's untagged greeting, or by a tagged command of the
 * client.
 *
 * <p>A LOGIN whose tag has no digit, and joined in its middle a command whose tag is a number, is
 * proved by the answer with its tag.
 *
 * <p>Random bytes: a server needs "* OK", "* PREAUTH" or "* BYE" and a whole line of text (under
 * 2^-40); a client needs a tag with a digit in it, a space, a command of 4 letters or more and the
 * end of the line (under 2^-40). Lines of reply codes (FTP, SMTP, NNTP) are refused by their tag,
 * so that an IMAP client that numbers its commands is not known where it is joined at 100 to 599; a
 * server never speaks commands where the beginning was seen.
 */
public final class ImapProtocol implements Protocol {
  private static final String[] GREETINGS = {"* OK ", "* PREAUTH ", "* BYE "};

  private static final String LOGIN = "LOGIN ";
  private static final String[] ANSWERS = {" OK ", " NO ", " BAD "};
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
    boolean server = buffer[offset] == '*';
    if (!TextProbe.maySend(flow, direction, !server)) {
      return Match.NO;
    }
    if (server) {
      return server(buffer, offset, length, flow.midstream);
    }
    Match command = client(buffer, offset, length);
    boolean open =
        command == Match.YES
            && (TextProbe.isUngreeted(flow, direction)
                || (flow.midstream && isNumbered(buffer, offset)));
    boolean login = command == Match.NO && isLogin(buffer, offset, length);
    return open || login ? Match.MORE : command;
  }

  private static Match server(byte[] buffer, int offset, int length, boolean midstream) {
    if (!Octets.agreesWithAny(buffer, offset, length, GREETINGS)) {
      return Match.NO;
    }
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -1) {
      return Match.MORE;
    }
    boolean says =
        !midstream
            || Octets.contains(buffer, offset, line, "IMAP")
            || Octets.contains(buffer, offset, line, " [");
    return says && line >= GREETING_MINIMUM ? Match.YES : Match.NO;
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
    if (buffer[offset + tag] != ' ' || !digit || isReplyCode(buffer, offset, tag)) {
      return Match.NO;
    }
    return command(buffer, offset, length, tag + 1);
  }

  /** A server's reply ("230 Login successful") has the form of a tag and a command, too. */
  private static boolean isReplyCode(byte[] buffer, int offset, int tag) {
    return tag == 3 && TextProbe.replyCode(buffer, offset, tag + 1) > 0;
  }

  /** A tag of digits and dots alone: texts begin with numbers and versions, too. */
  private static boolean isNumbered(byte[] buffer, int offset) {
    int at = offset;
    while (buffer[at] == '.' || (buffer[at] >= '0' && buffer[at] <= '9')) {
      at++; // a command's tag ends with a blank
    }
    return buffer[at] == ' ';
  }

  /** A whole line of any tag, LOGIN and two arguments; its answer decides. */
  private static boolean isLogin(byte[] buffer, int offset, int length) {
    int tag = 0;
    while (tag < length && tag <= TAG_LIMIT && isTag(buffer[offset + tag])) {
      tag++;
    }
    int start = offset + tag + 1;
    int left = length - tag - 1;
    int seen = Math.max(0, Math.min(left, LOGIN.length()));
    boolean other =
        tag < length && (buffer[offset + tag] != ' ' || isReplyCode(buffer, offset, tag));
    if (tag == 0 || tag > TAG_LIMIT || other) {
      return false;
    }
    int line = TextProbe.lineLength(buffer, offset, length);
    boolean word = Octets.agrees(buffer, start, seen, LOGIN);
    return word
        && (line == -1
            || (line > 0
                && seen == LOGIN.length()
                && ImapCommands.hasArguments(
                    buffer, start, TextProbe.contentLength(buffer, start, line - tag - 1))));
  }

  /** A command and the answer with its tag, behind untagged ones. */
  @Override
  public boolean recognizableTogether(
      byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    int tag = 0;
    while (tag < keptLength && isTag(kept[tag])) {
      tag++;
    }
    int line = TextProbe.lineLength(kept, 0, keptLength);
    int seen = line > 0 ? TextProbe.contentLength(kept, 0, line) - tag - 1 : 0;
    boolean command =
        tag > 0
            && seen > 0
            && ImapCommands.isKnown(kept, tag + 1, seen, true)
            && ImapCommands.hasArguments(kept, tag + 1, seen);
    int at = 0;
    while (command && at < length && buffer[offset + at] == '*') {
      int untagged = TextProbe.lineLength(buffer, offset + at, length - at);
      at = untagged > 0 ? at + untagged : length;
    }
    return command && isAnswer(kept, tag, buffer, offset + at, length - at);
  }

  private static boolean isAnswer(byte[] kept, int tag, byte[] buffer, int offset, int length) {
    int after = offset + tag;
    return length > tag
        && TextProbe.lineLength(buffer, offset, length) > 0
        && Arrays.equals(kept, 0, tag, buffer, offset, after)
        && Octets.agreesWithAny(buffer, after, length - tag, ANSWERS);
  }

  private static Match command(byte[] buffer, int offset, int length, int command) {
    int line = TextProbe.lineLength(buffer, offset, length);
    if (line == -2) {
      return Match.NO;
    }
    int start = offset + command;
    int seen = TextProbe.seenLength(buffer, offset, length, line) - command;
    if (seen < 0 || !ImapCommands.isKnown(buffer, start, seen, line > 0)) {
      return Match.NO;
    }
    if (line == -1) {
      return Match.MORE;
    }
    return ImapCommands.hasArguments(buffer, start, seen) ? Match.YES : Match.NO;
  }

  private static boolean isTag(byte value) {
    return (value >= '0' && value <= '9')
        || (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || value == '.';
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
