package dev.forensics.indexer.detect.telnet;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Follows the login of a Telnet session: the server's prompts, the client's lines after them. What
 * is typed at a password prompt is counted by its line end and never kept.
 */
final class TelnetParser implements ProtocolParser {
  private static final String[] REFUSALS = {
    "INCORRECT", "INVALID", "FAILED", "DENIED", "BAD PASSWORD"
  };
  private static final String[] WELCOMES = {"LAST LOGIN", "WELCOME", "LOGGED IN"};

  /** Names longer than this are cut; a prompt stands within it. */
  private static final int LINE_LIMIT = 128;

  /** ENCRYPT (RFC 2946) and its command START: what follows is ciphertext. */
  private static final int ENCRYPT_OPTION = 38;

  private static final int ENCRYPT_START = 3;

  private static final int TEXT = 0;
  private static final int COMMAND = 1;
  private static final int OPTION = 2;
  private static final int SUBOPTION = 3;
  private static final int SUBOPTION_COMMAND = 4;
  private static final int SUBOPTION_NAME = 5;

  private final Flow flow;
  private final FlowFacts facts;
  private final TelnetFacts telnet;
  private final Side originator = new Side();
  private final Side responder = new Side();
  private Direction server;
  private boolean wantsUser;
  private boolean wantsPassword;
  private boolean answerOpen;

  TelnetParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    telnet = facts.add(new TelnetFacts());
  }

  /** One direction: where in an IAC sequence it stands, and its current line. */
  private static final class Side {
    final byte[] line = new byte[LINE_LIMIT];
    int length;
    int state;

    /** True when the suboption being read is ENCRYPT and its command comes next. */
    boolean encryption;
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    for (int i = 0; i < length; i++) {
      octet(direction, side, buffer[offset + i] & 0xFF);
    }
    if (direction != clientOrNull() && side.length > 0) {
      prompt(direction, side);
    }
    return !telnet.encrypted;
  }

  /** The name may have been typed in it, and a password asked for: the next line is neither. */
  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    side.length = 0;
    side.state = TEXT;
    wantsUser = false;
    wantsPassword = false;
    return !telnet.encrypted;
  }

  private Direction clientOrNull() {
    return server == null ? null : server.reverse();
  }

  private void octet(Direction direction, Side side, int value) {
    switch (side.state) {
      case COMMAND -> command(side, value);
      case OPTION -> option(side);
      case SUBOPTION_NAME -> suboption(side, value);
      case SUBOPTION -> suboptionContent(side, value);
      case SUBOPTION_COMMAND -> side.state = value == TelnetProtocol.SE ? TEXT : SUBOPTION;
      default -> text(direction, side, value);
    }
  }

  private static void command(Side side, int value) {
    if (value >= TelnetProtocol.WILL && value <= TelnetProtocol.DONT) {
      side.state = OPTION;
    } else {
      side.state = value == TelnetProtocol.SB ? SUBOPTION_NAME : TEXT;
    }
  }

  private static void suboption(Side side, int value) {
    side.encryption = value == ENCRYPT_OPTION;
    side.state = SUBOPTION;
  }

  private void suboptionContent(Side side, int value) {
    if (side.encryption && value == ENCRYPT_START) {
      telnet.encrypted = true;
    }
    side.encryption = false;
    side.state = value == TelnetProtocol.IAC ? SUBOPTION_COMMAND : SUBOPTION;
  }

  private void option(Side side) {
    telnet.negotiations++;
    side.state = TEXT;
  }

  private void text(Direction direction, Side side, int value) {
    if (value == TelnetProtocol.IAC) {
      side.state = COMMAND;
    } else if (value == '\r' || value == '\n' || value == 0) {
      if (value == '\r' || side.length > 0) {
        lineEnd(direction, side);
      }
      side.length = 0;
    } else if ((value == 0x08 || value == 0x7F) && side.length > 0) {
      side.length--;
    } else if (value >= 0x20 && side.length < LINE_LIMIT) {
      side.line[side.length++] = (byte) value;
    }
  }

  private void lineEnd(Direction direction, Side side) {
    if (direction == clientOrNull()) {
      typed(side);
    } else if (answerOpen) {
      judge(side);
    }
  }

  /** The server's line so far asks for something. */
  private void prompt(Direction direction, Side side) {
    int length = side.length;
    while (length > 0 && side.line[length - 1] == ' ') {
      length--;
    }
    int asked = Prompts.asksFor(side.line, 0, length);
    if (asked == Prompts.PASSWORD) {
      asks(direction, false);
    } else if (asked == Prompts.USER) {
      if (answerOpen) {
        answered(false);
      }
      asks(direction, true);
    } else if (answerOpen && length > 0 && "$#>%".indexOf(side.line[length - 1]) >= 0) {
      answered(true);
    } else if (length > 0 && client(direction).length == 0) {
      wantsUser = false; // no echo: it has gone on, so what is typed next may be a password
    }
  }

  private void asks(Direction direction, boolean user) {
    server = direction;
    Endpoints.clientIs(flow, direction.reverse());
    // A line that was begun before the prompt answers another one, which may be a password's.
    boolean isBegun = user && !wantsUser && client(direction).length > 0;
    wantsUser = user && !isBegun;
    wantsPassword = !user;
  }

  private Side client(Direction ofServer) {
    return ofServer == Direction.ORIGINATOR ? responder : originator;
  }

  private void typed(Side side) {
    if (wantsUser && side.length == 0) {
      return; // a key to wake the server up: it asks again
    }
    if (wantsUser) {
      telnet.user = Octets.readable(side.line, 0, side.length, CleartextLogins.USER_LIMIT_BYTES);
      telnet.passwordTyped = false;
      CleartextLogins.named(facts, telnet.user);
      wantsUser = false;
    } else if (wantsPassword) {
      wantsPassword = false;
      answerOpen = true;
      telnet.passwordTyped = side.length > 0;
      CleartextLogins.sent(facts, "telnet", "login prompt", telnet.user, true);
      CleartextLogins.passwordTyped(facts, telnet.user, telnet.passwordTyped);
    }
  }

  private void judge(Side side) {
    for (String word : REFUSALS) {
      if (Octets.contains(side.line, 0, side.length, word)) {
        answered(false);
        return;
      }
    }
    for (String word : WELCOMES) {
      if (Octets.contains(side.line, 0, side.length, word)) {
        answered(true);
        return;
      }
    }
  }

  private void answered(boolean accepted) {
    answerOpen = false;
    telnet.passwordTyped |= accepted;
    CleartextLogins.answered(facts, accepted);
  }
}
