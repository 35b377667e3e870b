package dev.forensics.indexer.detect.smtp;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.login.Sasl;
import dev.forensics.indexer.detect.login.SaslExchange;
import dev.forensics.indexer.detect.text.LineParser;
import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;

/** Reads commands and replies of an SMTP session; message texts are passed over. */
final class SmtpParser extends LineParser {
  private static final int TEXT_LIMIT_BYTES = 200;

  private final FlowFacts facts;
  private final SmtpFacts smtp;
  private final SaslExchange auth;
  private Direction client;
  private boolean inMessage;
  private boolean startTlsAsked;

  /** True until a command is seen, of a session that was joined: a login may be under way. */
  private boolean joined;

  /** Base64 that was sent then: a name or a password, or neither. */
  private byte[] early;

  SmtpParser(Flow flow, FlowFacts facts) {
    super(flow);
    this.facts = facts;
    smtp = facts.add(new SmtpFacts());
    auth = new SaslExchange(facts, "smtp", "AUTH");
    joined = flow.midstream;
  }

  @Override
  protected void line(Direction direction, byte[] line, int length, long timestampNanos) {
    if (client == null) {
      boolean reply = TextProbe.replyCode(line, 0, length) > 0;
      client = reply ? direction.reverse() : direction;
      clientIs(client);
    }
    if (direction == client) {
      sent(line, length);
    } else {
      reply(TextProbe.replyCode(line, 0, length), line, length);
    }
  }

  private void sent(byte[] line, int length) {
    if (inMessage) {
      inMessage = length != 1 || line[0] != '.';
    } else if (auth.waiting()) {
      auth.response(line, 0, length);
    } else {
      command(line, length);
    }
  }

  private void command(byte[] line, int length) {
    if (joined && Sasl.isWord(line, 0, length)) {
      response(line, length);
      return;
    }
    joined = false;
    if (Octets.startsWith(line, 0, length, "EHLO ")
        || Octets.startsWith(line, 0, length, "HELO ")) {
      smtp.clientName = Octets.readable(line, 5, length - 5, TEXT_LIMIT_BYTES);
    } else if (Octets.startsWith(line, 0, length, "MAIL FROM:")) {
      if (smtp.mailFrom == null) {
        smtp.mailFrom = Octets.readable(line, 10, length - 10, TEXT_LIMIT_BYTES).strip();
      }
    } else if (Octets.startsWith(line, 0, length, "RCPT TO:")) {
      recipient(line, length);
    } else if (length == 4 && Octets.startsWith(line, 0, length, "DATA")) {
      smtp.messages++;
      inMessage = true;
    } else if (Octets.startsWith(line, 0, length, "BDAT ")) {
      chunk(line, length);
    } else if (Octets.startsWith(line, 0, length, "AUTH ")) {
      smtp.authMechanism = auth.begin(line, 5, length - 5);
    } else if (Octets.startsWith(line, 0, length, "STARTTLS")) {
      startTlsAsked = true;
    }
  }

  /** A response to what was missed. */
  private void response(byte[] line, int length) {
    String user = Sasl.plainUser(line, 0, length);
    if (user != null) {
      smtp.authMechanism = "PLAIN";
      CleartextLogins.sent(facts, "smtp", "AUTH PLAIN", user, true);
      joined = false;
    } else {
      early = Sasl.mayBeSecret(line, 0, length) ? Arrays.copyOf(line, length) : null;
    }
  }

  /** The server asks for a part of a login whose command was missed. */
  private void asks(int what) {
    if (what > 0 && !auth.waiting()) {
      boolean password = what == 2;
      smtp.authMechanism = "LOGIN";
      auth.asked(
          password, password && early != null ? Sasl.loginUser(early, 0, early.length) : null);
      joined = false;
    }
    early = null;
  }

  /** What was sent last, and what was missed before, was the password. */
  private void judged(boolean accepted) {
    if (early != null) {
      early = null;
      smtp.authMechanism = "LOGIN";
      CleartextLogins.sent(facts, "smtp", "AUTH LOGIN", null, true);
    }
    joined = false;
    CleartextLogins.answered(facts, accepted);
    auth.ended();
  }

  private void recipient(byte[] line, int length) {
    smtp.recipientCount++;
    if (smtp.recipients.size() < SmtpFacts.RECIPIENT_LIMIT) {
      smtp.recipients.add(Octets.readable(line, 8, length - 8, TEXT_LIMIT_BYTES).strip());
    }
  }

  /** BDAT (RFC 3030): that many bytes follow that are no lines. */
  private void chunk(byte[] line, int length) {
    long bytes = 0;
    int i = 5;
    while (i < length && line[i] >= '0' && line[i] <= '9' && bytes < Integer.MAX_VALUE) {
      bytes = bytes * 10 + line[i] - '0';
      i++;
    }
    if (Octets.contains(line, i, length - i, "LAST")) {
      smtp.messages++;
    }
    skip(client, bytes);
  }

  private void reply(int code, byte[] line, int length) {
    if (code == 220 && smtp.greeting == null && !startTlsAsked) {
      smtp.greeting = Octets.readable(line, 0, length, TEXT_LIMIT_BYTES);
    } else if (code == 220 && startTlsAsked) {
      smtp.startTls = true;
      finish();
    } else if (code == 235 || code == 535) {
      judged(code == 235);
    } else if (code == 334) {
      asks(SmtpReplies.asksFor(line, length));
    } else if (code >= 400) {
      // A refused command leaves the state it would have led to.
      inMessage = false;
      auth.ended();
    } else if (code == 354) {
      inMessage = true;
    }
  }
}
