package dev.forensics.indexer.detect.wireguard;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows WireGuard by the type, the three zero bytes behind it and the length of a message: 148
 * (initiation), 92 (response), 64 (cookie); transport messages, also midstream, have a length of 32
 * and more in steps of 16 and a counter far below 2^48.
 *
 * <p>Random bytes: 2^-32 with the exact length of a handshake message; 2^-52 for transport.
 */
public final class WireguardProtocol implements Protocol {
  static final int INITIATION = 1;
  static final int RESPONSE = 2;
  static final int COOKIE = 3;
  static final int TRANSPORT = 4;

  private static final int UDP = 17;
  private static final int INITIATION_LENGTH = 148;
  private static final int RESPONSE_LENGTH = 92;
  private static final int COOKIE_LENGTH = 64;
  private static final int TRANSPORT_MINIMUM = 32;

  @Override
  public String name() {
    return "wireguard";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == UDP;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    return type(buffer, offset, length) != 0 ? Match.YES : Match.NO;
  }

  /** The type of a message, 0 when it is none. */
  static int type(byte[] buffer, int offset, int length) {
    int type = buffer[offset];
    if (length < TRANSPORT_MINIMUM || !Octets.zero(buffer, offset + 1, 3)) {
      return 0;
    }
    boolean fits =
        switch (type) {
          case INITIATION -> length == INITIATION_LENGTH;
          case RESPONSE -> length == RESPONSE_LENGTH;
          case COOKIE -> length == COOKIE_LENGTH;
          case TRANSPORT -> transport(buffer, offset, length);
          default -> false;
        };
    return fits ? type : 0;
  }

  /** Receiver index, not 0 in practice, and a little-endian counter of 8 bytes. */
  private static boolean transport(byte[] buffer, int offset, int length) {
    return length % 16 == 0
        && Octets.i32(buffer, offset + 4) != 0
        && Octets.zero(buffer, offset + 13, 3);
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new WireguardParser(facts);
  }
}
