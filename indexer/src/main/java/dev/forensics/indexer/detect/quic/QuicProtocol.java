package dev.forensics.indexer.detect.quic;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.detect.wire.Randomness;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows QUIC by a long header of a known version, by a version negotiation that lists one, or by
 * the public header of Google's older versions. Short headers say nothing: a connection joined
 * after its handshake stays unknown.
 *
 * <p>Random bytes: version and header bits are 2^-34, the lengths of both ids and of the packet
 * 2^-8 more. Of protocols with a number 1 there, small numbers behind it and no encryption, none
 * passes. Opening the client's Initial later proves it ({@code QuicFacts.opened}).
 */
public final class QuicProtocol implements Protocol {
  private static final int UDP = 17;

  /** A client's first id has 8 bytes at least (RFC 9000 7.2), and servers choose as long ones. */
  private static final int IDS_MINIMUM = 8;

  /** Encrypted bytes that are looked at. */
  private static final int LOOK = 256;

  @Override
  public String name() {
    return "quic";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == UDP;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    if ((buffer[offset] & 0x80) == 0) {
      return google(buffer, offset, length) ? Match.YES : Match.NO;
    }
    if (length < 7) {
      return Match.NO;
    }
    int version = Octets.i32(buffer, offset + 1);
    if (version != 0 && !QuicVersion.known(version)) {
      return Match.NO;
    }
    LongHeader header = new LongHeader();
    if (!header.wrap(buffer, offset, length)) {
      return Match.NO;
    }
    boolean matches =
        version == 0
            ? header.sourceLength >= IDS_MINIMUM
                && negotiation(buffer, header.end(), offset + length)
            : header.fixedBit() && plausible(buffer, offset, length, header);
    return matches ? Match.YES : Match.NO;
  }

  private static boolean plausible(byte[] buffer, int offset, int length, LongHeader header) {
    QuicVersion version = QuicVersion.of(header.version);
    if (header.destinationLength + header.sourceLength < IDS_MINIMUM) {
      return false;
    }
    if (version == null) {
      return true;
    }
    if (header.type() == version.retryType()) {
      return offset + length - header.end() >= 16;
    }
    boolean whole =
        header.type() == version.initialType()
            ? header.wrapInitial(buffer, offset, length)
            : header.wrapLength(buffer, header.end(), offset + length);
    return whole
        && Randomness.isPlausible(
            buffer, header.packetNumberOffset, Math.min(header.payloadLength, LOOK));
  }

  /** True when whole version numbers follow, and one of them is known. */
  private static boolean negotiation(byte[] buffer, int from, int limit) {
    if (limit - from < 4 || (limit - from) % 4 != 0 || limit - from > 256) {
      return false;
    }
    for (int at = from; at < limit; at += 4) {
      if (QuicVersion.known(Octets.i32(buffer, at))) {
        return true;
      }
    }
    return false;
  }

  /** Public header of Q043 and before: flags with version and 8 bytes of connection id. */
  private static boolean google(byte[] buffer, int offset, int length) {
    int flags = Octets.u8(buffer, offset);
    return length > 14
        && (flags & 0x09) == 0x09
        && (flags & 0xC2) == 0
        && buffer[offset + 9] == 'Q'
        && QuicVersion.known(Octets.i32(buffer, offset + 9));
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new QuicParser(flow, facts);
  }
}
