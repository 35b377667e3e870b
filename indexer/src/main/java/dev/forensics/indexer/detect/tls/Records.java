package dev.forensics.indexer.detect.tls;

import dev.forensics.indexer.detect.Match;

/**
 * Recognizes the TLS record layer (RFC 8446 section 5.1).
 *
 * <p>Random bytes: a hello is under 2^-40, an alert 2^-38, application data at the beginning of a
 * side 2^-24; joined in the middle, where any record counts, 2^-21 a segment. What rests on it is
 * informational, or of severity medium.
 */
final class Records {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;
  static final int HEADER = 5;

  /** 2^14 and what compression and encryption may add (RFC 5246 section 6.2.3). */
  static final int LONGEST = 16_384 + 2048;

  private static final int HEARTBEAT = 24;

  private Records() {}

  /** True when a record header stands here. */
  static boolean isHeader(int type, int major, int minor, int length) {
    return type >= CHANGE_CIPHER_SPEC
        && type <= HEARTBEAT
        && major == 3
        && minor <= 4
        && length > 0
        && length <= LONGEST;
  }

  /** Whether a direction that begins here speaks TLS. */
  static Match match(byte[] buffer, int offset, int length, boolean midstream) {
    int type = buffer[offset] & 0xFF;
    if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) {
      return Match.NO;
    }
    if (length > 1 && buffer[offset + 1] != 3) {
      return Match.NO;
    }
    if (length > 2 && (buffer[offset + 2] < 0 || buffer[offset + 2] > 4)) {
      return Match.NO;
    }
    if (length < HEADER) {
      return Match.MORE;
    }
    int size = ((buffer[offset + 3] & 0xFF) << 8) | (buffer[offset + 4] & 0xFF);
    if (size == 0 || size > LONGEST) {
      return Match.NO;
    }
    return switch (type) {
      case HANDSHAKE -> matchHandshake(buffer, offset, length, size, midstream);
      case ALERT -> matchAlert(buffer, offset, length, size, midstream);
      case CHANGE_CIPHER_SPEC -> matchChange(buffer, offset, length, size);
      default -> buffer[offset + 2] > 0 ? Match.YES : Match.NO;
    };
  }

  private static Match matchHandshake(
      byte[] buffer, int offset, int length, int size, boolean midstream) {
    if (length == HEADER) {
      return Match.MORE;
    }
    int message = buffer[offset + HEADER];
    boolean hello = message == 1 || message == 2;
    if (!hello) {
      return midstream ? Match.YES : Match.NO;
    }
    if (size < 6) {
      return Match.YES;
    }
    if (length < HEADER + 6) {
      return Match.MORE;
    }
    boolean short24 = (buffer[offset + 6] & 0xFF) <= 1;
    boolean version = buffer[offset + 9] == 3 || buffer[offset + 9] == 0x7F;
    return short24 && version ? Match.YES : Match.NO;
  }

  private static Match matchAlert(
      byte[] buffer, int offset, int length, int size, boolean midstream) {
    if (size != 2) {
      return midstream ? Match.YES : Match.NO;
    }
    if (length == HEADER) {
      return Match.MORE;
    }
    int level = buffer[offset + HEADER];
    return level == 1 || level == 2 ? Match.YES : Match.NO;
  }

  private static Match matchChange(byte[] buffer, int offset, int length, int size) {
    if (size != 1) {
      return Match.NO;
    }
    if (length == HEADER) {
      return Match.MORE;
    }
    return buffer[offset + HEADER] == 1 ? Match.YES : Match.NO;
  }
}
