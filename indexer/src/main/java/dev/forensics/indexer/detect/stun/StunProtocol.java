package dev.forensics.indexer.detect.stun;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows STUN (RFC 8489) and TURN by a known method, a length in steps of 4 that fits the datagram,
 * and the magic cookie. Classic STUN (RFC 3489), without the cookie, stays unknown.
 *
 * <p>Random bytes: cookie, type and length are under 2^-50.
 */
public final class StunProtocol implements Protocol {
  static final int HEADER_LENGTH = 20;
  static final int COOKIE = 0x2112A442;
  private static final int UDP = 17;
  private static final int METHOD_LIMIT = 0x00C;

  @Override
  public String name() {
    return "stun";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == UDP || ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    int seen = Math.min(length, HEADER_LENGTH);
    if ((seen > 1 && !knownType(Octets.u16(buffer, offset)))
        || (buffer[offset] & 0xC0) != 0
        || (seen > 3 && buffer[offset + 3] % 4 != 0)) {
      return Match.NO;
    }
    if (length < 8) {
      return flow.protocol == UDP ? Match.NO : Match.MORE;
    }
    if (Octets.i32(buffer, offset + 4) != COOKIE) {
      return Match.NO;
    }
    if (flow.protocol == UDP) {
      return isMessage(buffer, offset, length) ? Match.YES : Match.NO;
    }
    return length < HEADER_LENGTH ? Match.MORE : Match.YES;
  }

  /** True when the whole buffer is one STUN message with the cookie. */
  static boolean isMessage(byte[] buffer, int offset, int length) {
    return length >= HEADER_LENGTH
        && (buffer[offset] & 0xC0) == 0
        && Octets.i32(buffer, offset + 4) == COOKIE
        && Octets.u16(buffer, offset + 2) + HEADER_LENGTH == length;
  }

  private static boolean knownType(int type) {
    int method = method(type);
    return (method >= 1 && method <= METHOD_LIMIT) || method == 0x080;
  }

  /** The 12 method bits of a message type, between which the class bits stand. */
  static int method(int type) {
    return (type & 0xF) | (type >> 1 & 0x70) | (type >> 2 & 0xF80);
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new StunParser(flow, facts);
  }
}
