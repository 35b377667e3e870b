package dev.forensics.indexer.detect.wireguard;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.detect.wire.Randomness;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows WireGuard by the type, the three zero bytes behind it and the length of a message: 148
 * (initiation), 92 (response), 64 (cookie); transport messages, also midstream, have a length of 32
 * and more in steps of 16 and a counter far below 2^48. What is encrypted in them has to look so,
 * and indexes have to look random, which loses 1 in 10,000 sessions.
 *
 * <p>Random bytes: 2^-32 with the exact length of a handshake message; 2^-56 for transport. Of
 * protocols that begin with a small little-endian number and have text or numbers behind it, none
 * passes; one that has the same fields and is encrypted cannot be told apart.
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

  /** Key, encrypted key and time; key and tag; nonce, cookie and tag; bytes looked at. */
  private static final int INITIATION_ENCRYPTED = 108;

  private static final int RESPONSE_ENCRYPTED = 48;
  private static final int COOKIE_ENCRYPTED = 56;
  private static final int TRANSPORT_LOOK = 128;

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
    if (length < TRANSPORT_MINIMUM
        || !Octets.zero(buffer, offset + 1, 3)
        || !isIndex(buffer, offset + 4)) {
      return 0;
    }
    boolean fits =
        switch (type) {
          case INITIATION ->
              length == INITIATION_LENGTH && encrypted(buffer, offset + 8, INITIATION_ENCRYPTED);
          case RESPONSE ->
              length == RESPONSE_LENGTH && encrypted(buffer, offset + 12, RESPONSE_ENCRYPTED);
          case COOKIE -> length == COOKIE_LENGTH && encrypted(buffer, offset + 8, COOKIE_ENCRYPTED);
          case TRANSPORT -> transport(buffer, offset, length);
          default -> false;
        };
    return fits ? type : 0;
  }

  /** Indexes are random: numbers that count from 1 have two zeros or three, these seldom two. */
  private static boolean isIndex(byte[] buffer, int offset) {
    int zeros = 0;
    for (int i = 0; i < 4; i++) {
      zeros += buffer[offset + i] == 0 ? 1 : 0;
    }
    return zeros < 2;
  }

  /** Receiver index and a little-endian counter of 8 bytes. */
  private static boolean transport(byte[] buffer, int offset, int length) {
    return length % 16 == 0
        && Octets.zero(buffer, offset + 13, 3)
        && encrypted(buffer, offset + 16, Math.min(length - 16, TRANSPORT_LOOK));
  }

  private static boolean encrypted(byte[] buffer, int offset, int length) {
    return Randomness.isPlausible(buffer, offset, length);
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new WireguardParser(facts);
  }
}
