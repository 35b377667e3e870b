package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.wire.Octets;

/** The proxy's choice of a method, its answer to a login and its reply. */
final class ProxyOpening extends Opening {
  private static final int GRANTED = 0x5A;

  private boolean loginAnswered;

  ProxyOpening(FlowFacts facts, SocksFacts socks) {
    super(facts, socks);
  }

  @Override
  int version5(byte[] bytes, int length) {
    socks.version = SocksProtocol.VERSION_5;
    if (length < 2) {
      return MORE;
    }
    boolean login = bytes[1] == SocksProtocol.LOGIN;
    int at = login ? 4 : 2;
    if (login && length >= at && !loginAnswered) {
      loginAnswered = true;
      CleartextLogins.answered(facts, bytes[3] == 0);
    }
    if (length < at + 2) {
      return MORE;
    }
    socks.reply = Octets.u8(bytes, at + 1);
    if (socks.reply != 0) {
      facts.changed();
      return at + 2;
    }
    int address = at + 3 < length ? addressBytes(bytes, at + 3, length) : MORE;
    return address == MORE ? MORE : at + 3 + address;
  }

  @Override
  int version4(byte[] bytes, int length) {
    socks.version = SocksProtocol.VERSION_4;
    if (length < 2) {
      return MORE;
    }
    socks.reply = bytes[1] == GRANTED ? 0 : Octets.u8(bytes, 1);
    return length < Version4.FIXED_BYTES ? MORE : Version4.FIXED_BYTES;
  }
}
