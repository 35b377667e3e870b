package dev.forensics.indexer.detect.imap;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.login.SaslExchange;
import dev.forensics.indexer.detect.text.LineParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;

/** Reads commands and answers of an IMAP session as far as logins and STARTTLS go. */
final class ImapParser extends LineParser {
  private static final int TEXT_LIMIT_BYTES = 200;

  private final FlowFacts facts;
  private final ImapFacts imap;
  private final SaslExchange auth;
  private Direction client;

  /** Tag of the LOGIN, AUTHENTICATE or STARTTLS command that waits for its answer. */
  private byte[] waitingTag;

  private boolean startTlsAsked;

  /** Parts of a LOGIN whose arguments come as literals: 0 none, 1 the user, 2 the password. */
  private int literalPart;

  ImapParser(Flow flow, FlowFacts facts) {
    super(flow);
    this.facts = facts;
    imap = facts.add(new ImapFacts());
    auth = new SaslExchange(facts, "imap", "AUTHENTICATE");
  }

  @Override
  protected void line(Direction direction, byte[] line, int length, long timestampNanos) {
    if (length == 0) {
      return;
    }
    if (client == null) {
      boolean server = line[0] == '*' || line[0] == '+';
      client = server ? direction.reverse() : direction;
      clientIs(client);
    }
    if (direction != client) {
      answer(line, length);
    } else if (auth.waiting()) {
      auth.response(line, 0, length);
    } else if (literalPart > 0) {
      literal(line, length);
    } else {
      command(line, length);
    }
  }

  private void command(byte[] line, int length) {
    int tag = wordLength(line, 0, length);
    int at = tag + 1;
    int left = length - at;
    if (left < 4) {
      return;
    }
    imap.commands++;
    if (Octets.startsWith(line, at, left, "LOGIN ")) {
      waitingTag = Arrays.copyOf(line, tag);
      loginArguments(line, at + 6, left - 6);
    } else if (Octets.startsWith(line, at, left, "AUTHENTICATE ")) {
      waitingTag = Arrays.copyOf(line, tag);
      imap.authMechanism = auth.begin(line, at + 13, left - 13);
    } else if (Octets.startsWith(line, at, left, "STARTTLS")) {
      waitingTag = Arrays.copyOf(line, tag);
      startTlsAsked = true;
    }
  }

  private void loginArguments(byte[] line, int offset, int length) {
    if (isLiteral(line, offset, length)) {
      literalPart = 1;
      return;
    }
    int user = argumentLength(line, offset, length);
    boolean quoted = user >= 2 && line[offset] == '"';
    imap.user =
        Octets.readable(
            line,
            quoted ? offset + 1 : offset,
            quoted ? user - 2 : user,
            CleartextLogins.USER_LIMIT_BYTES);
    passwordFollows(line, offset + user + 1, length - user - 1);
  }

  private void passwordFollows(byte[] line, int offset, int length) {
    if (length > 0 && isLiteral(line, offset, length)) {
      literalPart = 2;
    } else if (length > 0) {
      literalPart = 0;
      CleartextLogins.sent(facts, "imap", "LOGIN", imap.user, true);
    }
  }

  /** The line that carries a literal: its bytes, and what follows them in the command. */
  private void literal(byte[] line, int length) {
    if (literalPart == 2) {
      literalPart = 0;
      CleartextLogins.sent(facts, "imap", "LOGIN", imap.user, true);
      return;
    }
    int user = wordLength(line, 0, length);
    imap.user = Octets.readable(line, 0, user, CleartextLogins.USER_LIMIT_BYTES);
    literalPart = 0;
    passwordFollows(line, user + 1, length - user - 1);
  }

  private void answer(byte[] line, int length) {
    if (imap.greeting == null && line[0] == '*' && imap.commands == 0) {
      imap.greeting = Octets.readable(line, 0, length, TEXT_LIMIT_BYTES);
    }
    int tag = wordLength(line, 0, length);
    if (waitingTag == null || !Arrays.equals(waitingTag, 0, waitingTag.length, line, 0, tag)) {
      return;
    }
    waitingTag = null;
    boolean ok = Octets.startsWith(line, tag, length - tag, " OK");
    if (startTlsAsked) {
      startTlsAsked = false;
      imap.startTls = ok;
      if (ok) {
        finish();
      }
    } else {
      auth.ended();
      CleartextLogins.answered(facts, ok);
    }
  }

  private static boolean isLiteral(byte[] line, int offset, int length) {
    return length >= 3 && line[offset] == '{' && line[offset + length - 1] == '}';
  }

  private static int wordLength(byte[] line, int offset, int length) {
    int end = 0;
    while (end < length && line[offset + end] != ' ') {
      end++;
    }
    return end;
  }

  /** Length of an atom or of a quoted string with its quotes. */
  private static int argumentLength(byte[] line, int offset, int length) {
    if (length == 0 || line[offset] != '"') {
      return wordLength(line, offset, length);
    }
    int end = 1;
    while (end < length && line[offset + end] != '"') {
      end += line[offset + end] == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, length);
  }
}
