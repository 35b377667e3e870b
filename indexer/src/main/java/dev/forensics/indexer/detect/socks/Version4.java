package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocols;
import dev.forensics.indexer.detect.wire.Octets;

/**
 * SOCKS 4 and 4a.
 *
 * <pre>
 * request  4 | command | port (2) | address (4) | user | NUL [ | name | NUL ]   name: 0.0.0.x
 * reply    0 | 0x5A..0x5D | port (2) | address (4)
 * </pre>
 */
final class Version4 {
  /** Bytes of a reply, and of a request up to its user. */
  static final int FIXED_BYTES = 8;

  private static final int GRANTED = 0x5A;
  private static final int LAST_REPLY = 0x5D;
  private static final int NAME_MINIMUM = 4;
  private static final int TEXT_LIMIT = 255;

  private Version4() {}

  /**
   * Whether a client's first bytes are a request: YES with a name, or with an address where a known
   * protocol begins behind it; MORE for an address alone.
   */
  static Match request(byte[] buffer, int offset, int length) {
    if (!isFixedPart(buffer, offset, length)) {
      return Match.NO;
    }
    int user = text(buffer, offset, FIXED_BYTES, length);
    if (user < 0) {
      return Match.NO;
    }
    if (user >= length) {
      return Match.MORE;
    }
    if (!hasName(buffer, offset)) {
      int end = user + 1;
      boolean within = end < length && Protocols.set().isKnown(buffer, offset + end, length - end);
      return within ? Match.YES : Match.MORE;
    }
    int name = text(buffer, offset, user + 1, length);
    if (name < 0 || (name < length && name - user - 1 < NAME_MINIMUM)) {
      return Match.NO;
    }
    return name < length ? Match.YES : Match.MORE;
  }

  /** Command, a port, and an address that a host may have, as far as they are there. */
  private static boolean isFixedPart(byte[] buffer, int offset, int length) {
    boolean command = length < 2 || buffer[offset + 1] == 1 || buffer[offset + 1] == 2;
    boolean port = length < 4 || Octets.u16(buffer, offset + 2) != 0;
    if (!command || !port || length < 5) {
      return command && port;
    }
    if (buffer[offset + 4] != 0) {
      return Octets.u8(buffer, offset + 4) < 224;
    }
    return Octets.zero(buffer, offset + 4, Math.min(length - 4, 3))
        && (length < FIXED_BYTES || buffer[offset + 7] != 0);
  }

  /** True when a name follows the user: 0.0.0.x stands for the address. */
  static boolean hasName(byte[] buffer, int offset) {
    return buffer[offset + 4] == 0;
  }

  /** Index of the NUL behind a text, length when it is not there yet, -1 when it is no text. */
  private static int text(byte[] buffer, int offset, int from, int length) {
    int at = from;
    while (at < length && buffer[offset + at] != 0) {
      if (!Octets.printable(buffer[offset + at]) || at - from >= TEXT_LIMIT) {
        return -1;
      }
      at++;
    }
    return at;
  }

  /** Whether a proxy's first bytes may be a reply; they prove nothing alone. */
  static Match reply(byte[] buffer, int offset, int length) {
    boolean code = length < 2 || isCode(buffer[offset + 1]);
    return code && length <= FIXED_BYTES ? Match.MORE : Match.NO;
  }

  private static boolean isCode(byte code) {
    return code >= GRANTED && code <= LAST_REPLY;
  }

  /** A whole request with an address, and the whole reply to it. */
  static boolean isExchange(
      byte[] client, int clientAt, int clientLength, byte[] proxy, int proxyAt, int proxyLength) {
    return clientLength > FIXED_BYTES
        && client[clientAt] == SocksProtocol.VERSION_4
        && proxyLength >= FIXED_BYTES
        && proxy[proxyAt] == 0
        && isCode(proxy[proxyAt + 1])
        && isFixedPart(client, clientAt, clientLength)
        && isWhole(client, clientAt, clientLength)
        && (proxyLength == FIXED_BYTES || proxy[proxyAt + 1] == GRANTED);
  }

  private static boolean isWhole(byte[] client, int offset, int length) {
    int user = text(client, offset, FIXED_BYTES, length);
    return user >= 0 && user < length;
  }
}
