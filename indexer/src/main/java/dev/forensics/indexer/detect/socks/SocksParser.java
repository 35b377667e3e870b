package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.wire.AddressText;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads greeting, login and request of the client and what the proxy answers to them. */
final class SocksParser implements ProtocolParser {
  /** Greeting, login with two fields of 255 bytes and request with a name of 255 bytes. */
  private static final int OPENING_LIMIT = 1200;

  private final Flow flow;
  private final FlowFacts facts;
  private final SocksFacts socks;
  private final ByteAssembly originator = new ByteAssembly(OPENING_LIMIT);
  private final ByteAssembly responder = new ByteAssembly(OPENING_LIMIT);
  private boolean loginSeen;
  private boolean loginAnswered;

  SocksParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    socks = facts.add(new SocksFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    ByteAssembly side = direction == Direction.ORIGINATOR ? originator : responder;
    side.add(buffer, offset, length);
    boolean more =
        direction == flow.opener
            ? client(side.bytes(), side.length())
            : proxy(side.bytes(), side.length());
    if (!more || side.full()) {
      side.release();
      return false;
    }
    return true;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return false;
  }

  /** Reads from the beginning each time: it is short, and comes in two or three pieces. */
  private boolean client(byte[] bytes, int length) {
    socks.version = bytes[0];
    if (bytes[0] == SocksProtocol.VERSION_4) {
      return version4(bytes, length);
    }
    if (length < 2) {
      return true;
    }
    int at = 2 + Octets.u8(bytes, 1);
    if (at < length && bytes[at] == 1) {
      at = login(bytes, at, length);
    }
    return at < 0 || request(bytes, at, length);
  }

  /** Returns where the login ends, -1 while it is not whole. */
  private int login(byte[] bytes, int start, int length) {
    int user = start + 1 < length ? Octets.u8(bytes, start + 1) : 0;
    int password = start + 2 + user;
    int end = password < length ? password + 1 + Octets.u8(bytes, password) : length + 1;
    if (end > length) {
      return -1;
    }
    if (!loginSeen) {
      loginSeen = true;
      String name = Octets.readable(bytes, start + 2, user, CleartextLogins.USER_LIMIT_BYTES);
      CleartextLogins.sent(facts, "socks", "username/password", name, true);
    }
    return end;
  }

  private boolean request(byte[] bytes, int at, int length) {
    if (at < length && bytes[at] != SocksProtocol.VERSION_5) {
      return false; // more of a password than its length says
    }
    if (length < at + 5) {
      return true;
    }
    int type = bytes[at + 3];
    int size = type == 1 ? 4 : type == 4 ? 16 : 1 + Octets.u8(bytes, at + 4);
    if (length < at + 4 + size + 2) {
      return true;
    }
    socks.command = command(bytes[at + 1]);
    socks.targetHost =
        switch (type) {
          case 1 -> AddressText.ipv4(bytes, at + 4);
          case 4 -> AddressText.ipv6(bytes, at + 4);
          default -> Octets.readable(bytes, at + 5, size - 1, 255);
        };
    socks.targetPort = Octets.u16(bytes, at + 4 + size);
    facts.changed();
    return false;
  }

  private boolean version4(byte[] bytes, int length) {
    int user = 8;
    while (user < length && bytes[user] != 0) {
      user++;
    }
    int name = user + 1;
    boolean named = length > Version4.FIXED_BYTES && Version4.hasName(bytes, 0);
    int end = named ? name : user;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    if (end >= length) {
      return true;
    }
    socks.command = command(bytes[1]);
    socks.targetHost =
        named ? Octets.readable(bytes, name, end - name, 255) : AddressText.ipv4(bytes, 4);
    socks.targetPort = Octets.u16(bytes, 2);
    facts.changed();
    return false;
  }

  private static String command(int code) {
    return switch (code) {
      case 1 -> "connect";
      case 2 -> "bind";
      case 3 -> "udp";
      default -> null;
    };
  }

  private boolean proxy(byte[] bytes, int length) {
    if (bytes[0] != SocksProtocol.VERSION_5) {
      return version4Reply(bytes, length);
    }
    if (length < 2) {
      return true;
    }
    boolean login = bytes[1] == SocksProtocol.LOGIN;
    int at = login ? 4 : 2;
    if (login && length >= at && !loginAnswered) {
      loginAnswered = true;
      CleartextLogins.answered(facts, bytes[3] == 0);
    }
    if (length < at + 2) {
      return true;
    }
    socks.reply = Octets.u8(bytes, at + 1);
    facts.changed();
    return false;
  }

  private boolean version4Reply(byte[] bytes, int length) {
    if (length < 2) {
      return true;
    }
    socks.reply = bytes[1] == 0x5A ? 0 : Octets.u8(bytes, 1);
    facts.changed();
    return false;
  }
}
