package dev.forensics.indexer.detect.rdp;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows RDP by its X.224 connection request or confirm in a TPKT.
 *
 * <pre>
 *  0    1    2      4    5     6         8        10     11
 *  +----+----+------+----+-----+---------+--------+------+----------------------
 *  | 03 | 00 | len  | LI | E0/ | dst-ref | src-ref| class| cookie, negotiation
 *  |    |    |      |    | D0  |         |        |      |
 *  +----+----+------+----+-----+---------+--------+------+----------------------
 * </pre>
 *
 * <p>Other protocols use TPKT and X.224 too (S7, MMS, H.323), with parameters of their own. RDP is
 * told by its cookie, its negotiation structure, or the MCS connect message that follows a bare
 * request. Random bytes: under 2^-56.
 */
public final class RdpProtocol implements Protocol {
  static final int HEADER_LENGTH = 11;
  static final int REQUEST = 0xE0;
  static final int CONFIRM = 0xD0;
  static final int NEGOTIATION_LENGTH = 8;
  private static final int PACKET_LIMIT = 512;

  /** X.224 data, then BER application tag 101 (connect-initial) or 102 (connect-response). */
  private static final int DATA_HEADER = 0x02F080;

  @Override
  public String name() {
    return "rdp";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if (buffer[offset] != 3 || (length > 1 && buffer[offset + 1] != 0)) {
      return Match.NO;
    }
    if (length < HEADER_LENGTH) {
      return partial(buffer, offset, length);
    }
    int packet = Octets.u16(buffer, offset + 2);
    int kind = Octets.u8(buffer, offset + 5);
    boolean request = kind == REQUEST && Octets.u16(buffer, offset + 6) == 0;
    if (packet < HEADER_LENGTH
        || packet > PACKET_LIMIT
        || Octets.u8(buffer, offset + 4) != packet - 5
        || !(request || kind == CONFIRM)
        || buffer[offset + 10] != 0) {
      return Match.NO;
    }
    return packet == HEADER_LENGTH
        ? connect(buffer, offset + packet, length - packet, request)
        : content(buffer, offset, length, packet, request);
  }

  private static Match partial(byte[] buffer, int offset, int length) {
    boolean kindMatches =
        length < 6
            || Octets.u8(buffer, offset + 5) == REQUEST
            || Octets.u8(buffer, offset + 5) == CONFIRM;
    boolean lengthMatches =
        length < 5 || Octets.u8(buffer, offset + 4) == Octets.u16(buffer, offset + 2) - 5;
    return kindMatches && lengthMatches ? Match.MORE : Match.NO;
  }

  /** A cookie, a routing token or a negotiation structure follows. */
  private static Match content(byte[] buffer, int offset, int length, int packet, boolean request) {
    int at = offset + HEADER_LENGTH;
    int seen = Math.min(length, packet) - HEADER_LENGTH;
    if (seen == 0) {
      return Match.MORE;
    }
    if (request && buffer[at] == 'C') {
      return word(buffer, at, seen, "COOKIE: MSTS");
    }
    int type = buffer[at];
    boolean typeMatches = request ? type == 1 : type == 2 || type == 3;
    if (!typeMatches || packet != HEADER_LENGTH + NEGOTIATION_LENGTH) {
      return Match.NO;
    }
    if (seen < 4) {
      return seen > 2 && buffer[at + 2] != NEGOTIATION_LENGTH ? Match.NO : Match.MORE;
    }
    return Octets.u16le(buffer, at + 2) == NEGOTIATION_LENGTH ? Match.YES : Match.NO;
  }

  private static Match word(byte[] buffer, int offset, int length, String word) {
    if (!Octets.agrees(buffer, offset, length, word)) {
      return Match.NO;
    }
    return length >= word.length() ? Match.YES : Match.MORE;
  }

  /** A request or confirm without content: an old client; MCS must follow. */
  private static Match connect(byte[] buffer, int offset, int length, boolean request) {
    if (length < 9) {
      boolean tpkt = length < 1 || buffer[offset] == 3;
      return tpkt && (length < 2 || buffer[offset + 1] == 0) ? Match.MORE : Match.NO;
    }
    boolean mcs =
        Octets.u16(buffer, offset) == 0x0300
            && Octets.u24(buffer, offset + 4) == DATA_HEADER
            && buffer[offset + 7] == 0x7F
            && buffer[offset + 8] == (request ? 0x65 : 0x66);
    return mcs ? Match.YES : Match.NO;
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new RdpParser(flow, facts);
  }
}
