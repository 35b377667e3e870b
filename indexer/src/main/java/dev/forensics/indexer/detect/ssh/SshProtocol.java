package dev.forensics.indexer.detect.ssh;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows SSH (RFC 4253) by the version line, or, where the beginning was missed, by a KEXINIT
 * packet, which travels in the clear.
 *
 * <pre>
 *  0      4       5        6         22             26
 *  +------+-------+--------+---------+--------------+-------------
 *  | len  |padding| 20     | cookie  | name-list len| names ...
 *  +------+-------+--------+---------+--------------+-------------
 * </pre>
 *
 * <p>Random bytes: "SSH-" and a version are under 2^-50; a KEXINIT needs five fixed bytes and a
 * list of printable names (under 2^-60).
 */
public final class SshProtocol implements Protocol {
  static final int KEXINIT = 20;
  static final int COOKIE_END = 22;

  /** RFC 4253 6.1: 35000 bytes is what every implementation must take. */
  static final int PACKET_LIMIT = 35_000;

  private static final String[] VERSIONS = {"SSH-2.0-", "SSH-1.99-", "SSH-1.5-", "SSH-1.3-"};
  private static final int NAMES_SHOWN = 24;

  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (buffer[offset] == 'S') {
      for (String version : VERSIONS) {
        if (Octets.agrees(buffer, offset, length, version)) {
          return length >= version.length() ? Match.YES : Match.MORE;
        }
      }
      return Match.NO;
    }
    return keyExchange(buffer, offset, length);
  }

  /** Judges each field as soon as its bytes are there. */
  private static Match keyExchange(byte[] buffer, int offset, int length) {
    if (buffer[offset] != 0 || (length > 1 && buffer[offset + 1] != 0)) {
      return Match.NO;
    }
    if (length > 3) {
      int packet = Octets.i32(buffer, offset);
      if (packet < 100 || packet > PACKET_LIMIT || packet % 4 != 0) {
        return Match.NO;
      }
    }
    if ((length > 4 && Octets.u8(buffer, offset + 4) < 4)
        || (length > 5 && buffer[offset + 5] != KEXINIT)) {
      return Match.NO;
    }
    if ((length > COOKIE_END && buffer[offset + COOKIE_END] != 0)
        || (length > COOKIE_END + 1 && buffer[offset + COOKIE_END + 1] != 0)) {
      return Match.NO;
    }
    return names(buffer, offset, length);
  }

  private static Match names(byte[] buffer, int offset, int length) {
    int at = COOKIE_END + 4;
    if (length < at) {
      return Match.MORE;
    }
    if (Octets.u16(buffer, offset + COOKIE_END + 2) < NAMES_SHOWN) {
      return Match.NO;
    }
    for (int i = at; i < Math.min(length, at + NAMES_SHOWN); i++) {
      if (!isName(buffer[offset + i])) {
        return Match.NO;
      }
    }
    return length >= at + NAMES_SHOWN ? Match.YES : Match.MORE;
  }

  private static boolean isName(byte value) {
    return Octets.printable(value) && value != ' ';
  }

  @Override
  public boolean recognizableMidstream() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new SshParser(flow, facts);
  }
}
