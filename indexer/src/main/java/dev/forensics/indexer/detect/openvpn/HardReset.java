package dev.forensics.indexer.detect.openvpn;

import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.detect.wire.Randomness;

/**
 * The first packet of each side, P_CONTROL_HARD_RESET.
 *
 * <pre>
 * opcode:5 key id:3 | session id 8 | [HMAC, packet id 4, time 4] |
 *   acks 1 | [acks 4 each, remote session id 8] | message id 4
 * tls-crypt:  opcode | session id 8 | packet id 4 | time 4 | tag 32 | encrypted the rest
 * tls-crypt-v2: the same, then the wrapped key: tag 32 | key 256, metadata, encrypted | length 2
 * </pre>
 */
final class HardReset {
  static final int CLIENT_V2 = 7 << 3;
  static final int SERVER_V2 = 8 << 3;
  static final int CLIENT_V3 = 10 << 3;

  static final int SESSION_OFFSET = 1;
  static final int SESSION_LENGTH = 8;
  private static final int AFTER_SESSION = 9;

  /** Rest of a client's reset: no acks, message id 0. */
  private static final int CLIENT_REST = 5;

  /** Rest of a server's reset: one ack, the client's session id, message id 0. */
  private static final int SERVER_REST = 17;

  private static final int REPLAY_LENGTH = 8;
  private static final int TAG_LENGTH = 32;

  /** Lengths of a wrapped key: tag, keys, its own length; and what OpenVPN allows at most. */
  private static final int WRAPPED_KEY_MINIMUM = 290;

  private static final int WRAPPED_KEY_LIMIT = 1024;

  /** HMACs of tls-auth: MD5, SHA-1, SHA-256, SHA-384, SHA-512. */
  private static final int[] HMACS = {16, 20, 32, 48, 64};

  /** Unix times from 2004 to 2038, what the time of a first packet may be. */
  private static final long TIME_FROM = 0x40000000L;

  private static final long TIME_TO = 0x80000000L;

  private HardReset() {}

  /** True when the first byte is that of a hard reset with key id 0. */
  static boolean opcode(int first) {
    return first == CLIENT_V2 || first == SERVER_V2 || first == CLIENT_V3;
  }

  /**
   * How a hard reset is protected.
   *
   * @return "none", "tls-auth", "tls-crypt", or null when these bytes are no hard reset
   */
  static String protection(byte[] buffer, int offset, int length) {
    boolean server = Octets.u8(buffer, offset) == SERVER_V2;
    int rest = server ? SERVER_REST : CLIENT_REST;
    if (length < AFTER_SESSION + rest || Octets.i64(buffer, offset + SESSION_OFFSET) == 0) {
      return null;
    }
    if (length == AFTER_SESSION + rest && rest(buffer, offset + AFTER_SESSION, server)) {
      return "none";
    }
    for (int hmac : HMACS) {
      int replay = offset + AFTER_SESSION + hmac;
      if (length == AFTER_SESSION + hmac + REPLAY_LENGTH + rest
          && replay(buffer, replay)
          && rest(buffer, replay + REPLAY_LENGTH, server)) {
        return "tls-auth";
      }
    }
    return crypt(buffer, offset, length, rest) ? "tls-crypt" : null;
  }

  private static boolean rest(byte[] buffer, int offset, boolean server) {
    if (!server) {
      return Octets.zero(buffer, offset, CLIENT_REST);
    }
    return buffer[offset] == 1
        && Octets.zero(buffer, offset + 1, 4)
        && Octets.zero(buffer, offset + 13, 4);
  }

  /** Packet id 1 (client resets are sent again with 2, 3...) and a time. */
  private static boolean replay(byte[] buffer, int offset) {
    long id = Octets.u32(buffer, offset);
    long time = Octets.u32(buffer, offset + 4);
    return id >= 1 && id <= 8 && time >= TIME_FROM && time < TIME_TO;
  }

  /** V3 carries a wrapped key behind it, and marks its packet id with 0x0f (early negotiation). */
  private static boolean crypt(byte[] buffer, int offset, int length, int rest) {
    int whole = AFTER_SESSION + REPLAY_LENGTH + TAG_LENGTH + rest;
    boolean v3 = Octets.u8(buffer, offset) == CLIENT_V3;
    boolean fits = v3 ? wrappedKey(buffer, offset, length, whole) : length == whole;
    return fits
        && packetId(buffer, offset + AFTER_SESSION)
        && Randomness.isPlausible(buffer, offset + SESSION_OFFSET, SESSION_LENGTH)
        && Randomness.isPlausible(
            buffer, offset + AFTER_SESSION + REPLAY_LENGTH, TAG_LENGTH + rest);
  }

  private static boolean packetId(byte[] buffer, int id) {
    boolean early = Octets.u8(buffer, id) == 0x0F && Octets.zero(buffer, id + 1, 2);
    long time = Octets.u32(buffer, id + 4);
    return early ? time >= TIME_FROM && time < TIME_TO : replay(buffer, id);
  }

  /** The last two bytes say how long the wrapped key is, themselves included. */
  private static boolean wrappedKey(byte[] buffer, int offset, int length, int whole) {
    int key = length - whole;
    return key >= WRAPPED_KEY_MINIMUM
        && key <= WRAPPED_KEY_LIMIT
        && Octets.u16(buffer, offset + length - 2) == key;
  }
}
