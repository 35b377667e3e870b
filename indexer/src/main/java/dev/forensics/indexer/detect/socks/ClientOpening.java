package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.wire.AddressText;
import dev.forensics.indexer.detect.wire.Octets;

/** Greeting, login and request of a client. */
final class ClientOpening extends Opening {
  private static final int TEXT_LIMIT = 255;

  private boolean loginSeen;

  ClientOpening(FlowFacts facts, SocksFacts socks) {
    super(facts, socks);
  }

  @Override
  int version5(byte[] bytes, int length) {
    socks.version = SocksProtocol.VERSION_5;
    if (length < 2) {
      return MORE;
    }
    int at = 2 + Octets.u8(bytes, 1);
    if (at < length && bytes[at] == 1) {
      at = login(bytes, at, length);
    }
    return at == MORE || at >= length ? MORE : request(bytes, at, length);
  }

  /** Returns where the login ends, MORE while it is not whole. */
  private int login(byte[] bytes, int start, int length) {
    int user = start + 1 < length ? Octets.u8(bytes, start + 1) : 0;
    int password = start + 2 + user;
    int end = password < length ? password + 1 + Octets.u8(bytes, password) : length + 1;
    if (end > length) {
      return MORE;
    }
    if (!loginSeen) {
      loginSeen = true;
      String name = Octets.readable(bytes, start + 2, user, CleartextLogins.USER_LIMIT_BYTES);
      CleartextLogins.sent(facts, "socks", "username/password", name, true);
    }
    return end;
  }

  private int request(byte[] bytes, int at, int length) {
    if (bytes[at] != SocksProtocol.VERSION_5) {
      return NONE; // more of a password than its length says
    }
    int address = at + 3 < length ? addressBytes(bytes, at + 3, length) : MORE;
    if (address == MORE) {
      return MORE;
    }
    int type = bytes[at + 3];
    int size = address - 3;
    socks.command = command(bytes[at + 1]);
    socks.targetHost =
        switch (type) {
          case 1 -> AddressText.ipv4(bytes, at + 4);
          case 4 -> AddressText.ipv6(bytes, at + 4);
          default -> Octets.readable(bytes, at + 5, size - 1, TEXT_LIMIT);
        };
    socks.targetPort = Octets.u16(bytes, at + 4 + size);
    return at + 3 + address;
  }

  @Override
  int version4(byte[] bytes, int length) {
    socks.version = SocksProtocol.VERSION_4;
    if (length <= Version4.FIXED_BYTES) {
      return MORE;
    }
    int user = nul(bytes, Version4.FIXED_BYTES, length);
    boolean named = Version4.hasName(bytes, 0);
    int name = user + 1;
    int last = named && user < length ? nul(bytes, name, length) : user;
    if (last >= length) {
      return MORE;
    }
    socks.command = command(bytes[1]);
    socks.targetHost =
        named ? Octets.readable(bytes, name, last - name, TEXT_LIMIT) : AddressText.ipv4(bytes, 4);
    socks.targetPort = Octets.u16(bytes, 2);
    return last + 1;
  }

  private static int nul(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] != 0) {
      at++;
    }
    return at;
  }

  private static String command(int code) {
    return switch (code) {
      case 1 -> "connect";
      case 2 -> "bind";
      case 3 -> "udp";
      default -> null;
    };
  }
}
