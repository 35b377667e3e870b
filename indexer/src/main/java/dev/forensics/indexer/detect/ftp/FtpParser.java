package dev.forensics.indexer.detect.ftp;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.text.LineParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads commands and replies of an FTP control connection until it turns to TLS. */
final class FtpParser extends LineParser {
  private static final String[] FILE_COMMANDS = {"RETR ", "STOR ", "APPE ", "DELE "};
  private static final int TEXT_LIMIT_BYTES = 200;

  private final FlowFacts facts;
  private final FtpFacts ftp;
  private boolean authAsked;
  private boolean sidesKnown;

  FtpParser(Flow flow, FlowFacts facts) {
    super(flow);
    this.facts = facts;
    ftp = facts.add(new FtpFacts());
  }

  @Override
  protected void line(Direction direction, byte[] line, int length, long timestampNanos) {
    int code = TextProbe.replyCode(line, 0, length);
    if (!sidesKnown && (code > 0 || length >= 3)) {
      sidesKnown = true;
      clientIs(code > 0 ? direction.reverse() : direction);
    }
    if (code > 0) {
      reply(code, line, length);
    } else if (length >= 3) {
      command(line, length);
    }
  }

  private void reply(int code, byte[] line, int length) {
    if (code == 220 && ftp.greeting == null) {
      ftp.greeting = Octets.readable(line, 0, length, TEXT_LIMIT_BYTES);
    } else if (code == 230) {
      CleartextLogins.answered(facts, true);
    } else if (code == 530) {
      CleartextLogins.answered(facts, false);
    } else if ((code == 234 || code == 334) && authAsked) {
      ftp.startTls = true;
      finish();
    }
  }

  private void command(byte[] line, int length) {
    ftp.commands++;
    if (Octets.startsWith(line, 0, length, "USER ")) {
      ftp.user = Octets.readable(line, 5, length - 5, CleartextLogins.USER_LIMIT_BYTES);
      CleartextLogins.named(facts, ftp.user);
    } else if (Octets.startsWith(line, 0, length, "PASS ")) {
      CleartextLogins.sent(facts, "ftp", "USER/PASS", ftp.user, true);
    } else if (Octets.startsWith(line, 0, length, "AUTH ")) {
      authAsked = true;
    } else {
      file(line, length);
    }
  }

  private void file(byte[] line, int length) {
    for (String command : FILE_COMMANDS) {
      if (Octets.startsWith(line, 0, length, command)) {
        ftp.fileCommands++;
        if (ftp.files.size() < FtpFacts.FILE_LIMIT) {
          ftp.files.add(Octets.readable(line, 0, length, TEXT_LIMIT_BYTES));
        }
      }
    }
  }
}
