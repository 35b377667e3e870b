package dev.forensics.indexer.detect.openvpn;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows OpenVPN by the hard reset that opens a session: its length, opcode, replay id and time must
 * fit one of the three kinds of control channel protection. TCP puts two bytes of length before it.
 * A session joined later, and one wrapped in obfuscation, stay unknown.
 *
 * <p>Random bytes of a fitting length: 2^-45 and less unprotected, 2^-39 for tls-crypt, 2^-53 for
 * tls-crypt-v2; over TCP 2^-16 of that. Messages with numbers and text at the places of packet id
 * and time (a DNS query of 54 bytes) are refused by their zeros and text, where random bytes are
 * due; DNS is asked before.
 */
public final class OpenvpnProtocol implements Protocol {
  private static final int UDP = 17;

  /** The longest hard reset: V3 with a wrapped key of up to 1024 bytes. */
  private static final int PACKET_LIMIT = 1200;

  @Override
  public String name() {
    return "openvpn";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6 || ipProtocol == UDP;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (flow.protocol == UDP) {
      return HardReset.opcode(Octets.u8(buffer, offset))
              && HardReset.protection(buffer, offset, length) != null
          ? Match.YES
          : Match.NO;
    }
    if (length < 3) {
      return Octets.u8(buffer, offset) * 256 <= PACKET_LIMIT ? Match.MORE : Match.NO;
    }
    int packet = Octets.u16(buffer, offset);
    if (packet > PACKET_LIMIT || packet < 14 || !HardReset.opcode(Octets.u8(buffer, offset + 2))) {
      return Match.NO;
    }
    if (length < packet + 2) {
      return Match.MORE;
    }
    return HardReset.protection(buffer, offset + 2, packet) != null ? Match.YES : Match.NO;
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new OpenvpnParser(flow, facts);
  }
}
