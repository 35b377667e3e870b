package dev.forensics.indexer.detect.openvpn;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads the hard reset of each side; what follows is a TLS handshake in pieces, then data. */
final class OpenvpnParser implements ProtocolParser {
  private static final int PACKET_LIMIT = 1202;

  private final boolean stream;
  private final FlowFacts facts;
  private final OpenvpnFacts openvpn;
  private final ByteAssembly originator = new ByteAssembly(PACKET_LIMIT);
  private final ByteAssembly responder = new ByteAssembly(PACKET_LIMIT);

  OpenvpnParser(Flow flow, FlowFacts facts) {
    stream = flow.protocol == 6;
    this.facts = facts;
    openvpn = facts.add(new OpenvpnFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    if (!stream) {
      reset(buffer, offset, length);
      return false;
    }
    ByteAssembly side = direction == Direction.ORIGINATOR ? originator : responder;
    side.add(buffer, offset, length);
    if (side.length() < 2) {
      return true;
    }
    int packet = Octets.u16(side.bytes(), 0);
    if (side.length() < packet + 2 && !side.full()) {
      return true;
    }
    if (packet > 0 && side.length() >= packet + 2) {
      reset(side.bytes(), 2, packet);
    }
    side.release();
    return false;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return false;
  }

  private void reset(byte[] buffer, int offset, int length) {
    int opcode = Octets.u8(buffer, offset);
    String protection =
        HardReset.opcode(opcode) ? HardReset.protection(buffer, offset, length) : null;
    if (protection == null) {
      return;
    }
    openvpn.controlProtection = protection;
    String session =
        Octets.hex(buffer, offset + HardReset.SESSION_OFFSET, HardReset.SESSION_LENGTH);
    if (opcode == HardReset.SERVER_V2) {
      openvpn.serverSessionId = session;
    } else {
      openvpn.clientSessionId = session;
    }
    facts.changed();
  }
}
