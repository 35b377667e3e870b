package dev.forensics.indexer.detect.rdp;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads the first TPKT of each side; what follows is encrypted or of no use here. */
final class RdpParser implements ProtocolParser {
  private static final int PACKET_LIMIT = 512;
  private static final String COOKIE = "COOKIE: MSTSHASH=";

  private final Flow flow;
  private final FlowFacts facts;
  private final RdpFacts rdp;
  private final ByteAssembly originator = new ByteAssembly(PACKET_LIMIT);
  private final ByteAssembly responder = new ByteAssembly(PACKET_LIMIT);

  RdpParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    rdp = facts.add(new RdpFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    ByteAssembly side = direction == Direction.ORIGINATOR ? originator : responder;
    side.add(buffer, offset, length);
    byte[] bytes = side.bytes();
    if (side.length() < RdpProtocol.HEADER_LENGTH) {
      return true;
    }
    int packet = Octets.u16(bytes, 2);
    if (bytes[0] != 3 || packet < RdpProtocol.HEADER_LENGTH || packet > PACKET_LIMIT) {
      return false;
    }
    if (side.length() < packet) {
      return true;
    }
    int kind = Octets.u8(bytes, 5);
    if (kind == RdpProtocol.REQUEST) {
      Endpoints.clientIs(flow, direction);
      request(bytes, packet);
    } else if (kind == RdpProtocol.CONFIRM) {
      confirm(bytes, packet);
    }
    facts.changed();
    return false;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return false;
  }

  private void request(byte[] bytes, int length) {
    int at = RdpProtocol.HEADER_LENGTH;
    if (Octets.startsWith(bytes, at, length - at, COOKIE)) {
      int start = at + COOKIE.length();
      int end = start;
      while (end < length && bytes[end] != '\r') {
        end++;
      }
      rdp.cookieUser = Octets.readable(bytes, start, end - start, CleartextLogins.USER_LIMIT_BYTES);
    }
    int negotiation = length - RdpProtocol.NEGOTIATION_LENGTH;
    if (negotiation >= at && bytes[negotiation] == 1 && Octets.u16le(bytes, negotiation + 2) == 8) {
      rdp.requestedProtocols = Octets.u32le(bytes, negotiation + 4);
    }
  }

  private void confirm(byte[] bytes, int length) {
    int at = RdpProtocol.HEADER_LENGTH;
    if (length < at + RdpProtocol.NEGOTIATION_LENGTH) {
      rdp.selectedProtocol = 0;
    } else if (bytes[at] == 2) {
      rdp.selectedProtocol = Octets.u32le(bytes, at + 4);
    } else if (bytes[at] == 3) {
      rdp.failureCode = Octets.u32le(bytes, at + 4);
    }
  }
}
