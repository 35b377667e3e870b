package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows SOCKS 5 (RFC 1928) by a greeting and the request (or login, RFC 1929) after it, on the
 * proxy's side by the choice of a method and the reply after it; SOCKS 4a by a request with a name;
 * SOCKS 4 by a request with an address only together with the proxy's reply, or with the beginning
 * of a known protocol behind the request.
 *
 * <p>Random bytes: a client's greeting and request are under 2^-50, with a login under 2^-40, also
 * where the login is all there is, and 2^-38 where text follows it; a proxy's choice and reply
 * 2^-44; SOCKS 4a under 2^-45. A request of SOCKS 4 with an address is 2^-23, together with a reply
 * 2^-37, with what is within 2^-45 and less.
 */
public final class SocksProtocol implements Protocol {
  static final int VERSION_5 = 5;
  static final int VERSION_4 = 4;

  /** The method of a user name and a password (RFC 1929). */
  static final int LOGIN = 2;

  private static final int METHOD_LIMIT = 10;

  @Override
  public String name() {
    return "socks";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    int version = buffer[offset];
    if (version == VERSION_4) {
      return Version4.request(buffer, offset, length);
    }
    if (version == 0) {
      return Version4.reply(buffer, offset, length);
    }
    if (version != VERSION_5) {
      return Match.NO;
    }
    if (length < 3) {
      return Match.MORE;
    }
    Match client = client(buffer, offset, length);
    Match proxy = proxy(buffer, offset, length);
    if (client == Match.YES || proxy == Match.YES) {
      return Match.YES;
    }
    return client == Match.MORE || proxy == Match.MORE ? Match.MORE : Match.NO;
  }

  /** Version, number of methods, methods; then the request, or the login and the request. */
  private static Match client(byte[] buffer, int offset, int length) {
    int methods = buffer[offset + 1];
    if (methods < 1 || methods > METHOD_LIMIT) {
      return Match.NO;
    }
    for (int i = 0; i < Math.min(methods, length - 2); i++) {
      int method = Octets.u8(buffer, offset + 2 + i);
      if (method > 9 && method != 0x80 && method != 0x86) {
        return Match.NO;
      }
    }
    int at = 2 + methods;
    if (at >= length) {
      return Match.MORE;
    }
    return buffer[offset + at] == 1
        ? login(buffer, offset + at, length - at, offersLogin(buffer, offset, at))
        : address(buffer, offset + at, length - at, 3);
  }

  private static boolean offersLogin(byte[] buffer, int offset, int end) {
    boolean offered = false;
    for (int i = 2; i < end; i++) {
      offered |= buffer[offset + i] == LOGIN;
    }
    return offered;
  }

  /**
   * A user name and a password of printable characters, then the request; where a login was
   * offered, also more text than the password's length says, which a proxy refuses.
   */
  private static Match login(byte[] buffer, int offset, int length, boolean offered) {
    int at = 1;
    for (int field = 0; field < 2; field++) {
      if (at >= length) {
        return Match.MORE;
      }
      int size = Octets.u8(buffer, offset + at);
      if (size == 0 && field == 0) {
        return Match.NO;
      }
      for (int i = 1; i <= Math.min(size, length - at - 1); i++) {
        if (!Octets.text(buffer[offset + at + i])) {
          return Match.NO;
        }
      }
      at += 1 + size;
    }
    if (at >= length) {
      return Match.MORE;
    }
    return offered && Octets.printable(buffer[offset + at])
        ? Match.YES
        : address(buffer, offset + at, length - at, 3);
  }

  /** Version and the chosen method; then a reply, or the answer to a login and a reply. */
  private static Match proxy(byte[] buffer, int offset, int length) {
    int method = buffer[offset + 1];
    if (method != 0 && method != 2) {
      return Match.NO;
    }
    int at = 2;
    if (method == 2) {
      boolean refused = length > 3 && buffer[offset + 3] != 0;
      if (buffer[offset + 2] != 1 || (refused && length > 4)) {
        return Match.NO; // behind a refusal the proxy says nothing
      }
      at = 4;
    }
    return at >= length ? Match.MORE : address(buffer, offset + at, length - at, 9);
  }

  /** Version, command or reply, 0, address type, address, port: requests and replies alike. */
  private static Match address(byte[] buffer, int offset, int length, int codeLimit) {
    if (buffer[offset] != VERSION_5
        || (length > 1 && Octets.u8(buffer, offset + 1) > codeLimit)
        || (length > 1 && codeLimit == 3 && buffer[offset + 1] == 0)
        || (length > 2 && buffer[offset + 2] != 0)) {
      return Match.NO;
    }
    if (length > 3) {
      int type = buffer[offset + 3];
      return type == 1 || type == 3 || type == 4 ? Match.YES : Match.NO;
    }
    return Match.MORE;
  }

  /** A greeting that offers a login, and the whole login: the proxy refused it, or is not seen. */
  @Override
  public boolean recognizableCutOff(byte[] buffer, int offset, int length) {
    if (length < 3 || buffer[offset] != VERSION_5 || client(buffer, offset, length) != Match.MORE) {
      return false;
    }
    int login = 2 + buffer[offset + 1];
    boolean offered = offersLogin(buffer, offset, Math.min(login, length));
    int password = login + 1 < length ? login + 2 + Octets.u8(buffer, offset + login + 1) : length;
    return offered
        && password < length
        && password + 1 + Octets.u8(buffer, offset + password) == length;
  }

  @Override
  public boolean recognizableTogether(
      byte[] kept, int keptLength, byte[] buffer, int offset, int length) {
    return kept[0] == VERSION_4
        ? Version4.isExchange(kept, 0, keptLength, buffer, offset, length)
        : Version4.isExchange(buffer, offset, length, kept, 0, keptLength);
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new SocksParser(flow, facts);
  }
}
