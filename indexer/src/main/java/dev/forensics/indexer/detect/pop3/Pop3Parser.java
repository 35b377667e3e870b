package dev.forensics.indexer.detect.pop3;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.login.SaslExchange;
import dev.forensics.indexer.detect.text.LineParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads commands and status lines of a POP3 session; messages are passed over. */
final class Pop3Parser extends LineParser {
  private static final int TEXT_LIMIT_BYTES = 200;
  private static final int NONE = -1;

  private final FlowFacts facts;
  private final Pop3Facts pop3;
  private final SaslExchange auth;
  private Direction client;

  /** Commands without an answer yet: clients send several at once. */
  private int unanswered;

  /** How many answers to wait for until that of the login comes. */
  private int loginAnswer = NONE;

  private int startTlsAnswer = NONE;

  Pop3Parser(Flow flow, FlowFacts facts) {
    super(flow);
    this.facts = facts;
    pop3 = facts.add(new Pop3Facts());
    auth = new SaslExchange(facts, "pop3", "AUTH");
  }

  @Override
  protected void line(Direction direction, byte[] line, int length, long timestampNanos) {
    boolean status =
        Octets.startsWith(line, 0, length, "+OK") || Octets.startsWith(line, 0, length, "-ERR");
    if (client == null) {
      client = status ? direction.reverse() : direction;
      clientIs(client);
    }
    if (direction != client) {
      if (status) {
        answer(line, length);
      }
    } else if (auth.waiting()) {
      auth.response(line, 0, length);
    } else {
      command(line, length);
    }
  }

  private void command(byte[] line, int length) {
    unanswered = Math.min(unanswered + 1, Integer.MAX_VALUE - 1);
    if (Octets.startsWith(line, 0, length, "USER ")) {
      pop3.user = Octets.readable(line, 5, length - 5, CleartextLogins.USER_LIMIT_BYTES);
      CleartextLogins.named(facts, pop3.user);
    } else if (Octets.startsWith(line, 0, length, "PASS ")) {
      login("USER/PASS", true);
    } else if (Octets.startsWith(line, 0, length, "APOP ")) {
      int end = 5;
      while (end < length && line[end] != ' ') {
        end++;
      }
      pop3.user = Octets.readable(line, 5, end - 5, CleartextLogins.USER_LIMIT_BYTES);
      CleartextLogins.named(facts, pop3.user);
      login("APOP", false);
    } else if (Octets.startsWith(line, 0, length, "AUTH ")) {
      auth.begin(line, 5, length - 5);
      loginAnswer = unanswered;
    } else if (Octets.startsWith(line, 0, length, "STLS")) {
      startTlsAnswer = unanswered;
    } else if (Octets.startsWith(line, 0, length, "RETR ")) {
      pop3.retrieved++;
    }
  }

  private void login(String scheme, boolean passwordExposed) {
    CleartextLogins.sent(facts, "pop3", scheme, pop3.user, passwordExposed);
    loginAnswer = unanswered;
  }

  private void answer(byte[] line, int length) {
    boolean ok = line[0] == '+';
    if (unanswered == 0) {
      if (pop3.greeting == null) {
        pop3.greeting = Octets.readable(line, 0, length, TEXT_LIMIT_BYTES);
      }
      return;
    }
    unanswered--;
    loginAnswer = Math.max(NONE, loginAnswer - 1);
    startTlsAnswer = Math.max(NONE, startTlsAnswer - 1);
    if (loginAnswer == 0) {
      loginAnswer = NONE;
      auth.ended();
      CleartextLogins.answered(facts, ok);
    } else if (startTlsAnswer == 0) {
      startTlsAnswer = NONE;
      if (ok) {
        pop3.startTls = true;
        finish();
      }
    }
  }
}
