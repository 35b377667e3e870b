package dev.forensics.indexer.detect.login;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.wire.Octets;

/**
 * Follows one AUTH exchange of a line-based protocol (SMTP, POP3, IMAP) as far as the client's
 * responses of PLAIN and LOGIN; other mechanisms are only named, since they show no password.
 */
public final class SaslExchange {
  private static final int IDLE = 0;
  private static final int WANTS_PLAIN = 1;
  private static final int WANTS_USER = 2;
  private static final int WANTS_PASSWORD = 3;
  private static final int OTHER = 4;
  private static final int MECHANISM_LIMIT_BYTES = 32;

  private final FlowFacts facts;
  private final String protocol;
  private final String command;
  private int state;
  private String user;

  /**
   * A follower for one flow.
   *
   * @param command the protocol's word, as the scheme shows it: "AUTH" or "AUTHENTICATE"
   */
  public SaslExchange(FlowFacts facts, String protocol, String command) {
    this.facts = facts;
    this.protocol = protocol;
    this.command = command;
  }

  /** True while the client's next line is a response and no command. */
  public boolean waiting() {
    return state != IDLE;
  }

  /**
   * The client's command: mechanism, and perhaps an initial response after a space.
   *
   * @return the mechanism, upper case
   */
  public String begin(byte[] line, int offset, int length) {
    int end = 0;
    while (end < length && line[offset + end] != ' ') {
      end++;
    }
    String mechanism =
        Octets.readable(line, offset, end, MECHANISM_LIMIT_BYTES)
            .toUpperCase(java.util.Locale.ROOT);
    user = null;
    state =
        switch (mechanism) {
          case "PLAIN" -> WANTS_PLAIN;
          case "LOGIN" -> WANTS_USER;
          default -> OTHER;
        };
    if (end + 1 < length) {
      response(line, offset + end + 1, length - end - 1);
    }
    return mechanism;
  }

  /** A line of the client while {@link #waiting}. */
  public void response(byte[] line, int offset, int length) {
    if (length == 1 && line[offset] == '*') {
      state = IDLE;
    } else if (state == WANTS_PLAIN) {
      if (length > 1) {
        CleartextLogins.sent(
            facts, protocol, command + " PLAIN", Sasl.plainUser(line, offset, length), true);
        state = IDLE;
      }
    } else if (state == WANTS_USER) {
      user = Sasl.loginUser(line, offset, length);
      state = WANTS_PASSWORD;
    } else if (state == WANTS_PASSWORD) {
      CleartextLogins.sent(facts, protocol, command + " LOGIN", user, true);
      state = IDLE;
    }
  }

  /**
   * The server asks for a part of LOGIN whose command was not seen.
   *
   * @param name what was sent for the name before; null when that was not seen
   */
  public void asked(boolean forPassword, String name) {
    user = name;
    state = forPassword ? WANTS_PASSWORD : WANTS_USER;
  }

  /** The server ended the exchange. */
  public void ended() {
    state = IDLE;
  }
}
