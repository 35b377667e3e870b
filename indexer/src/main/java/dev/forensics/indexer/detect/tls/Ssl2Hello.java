package dev.forensics.indexer.detect.tls;

import dev.forensics.indexer.detect.Match;

/**
 * The SSLv2 hellos (draft-hickman-netscape-ssl, and RFC 5246 appendix E.2 for the one that offers
 * newer versions): a length that must equal the sum of the parts.
 */
final class Ssl2Hello {
  private static final int HEADER = 11;
  private static final int SERVER_HEADER = 13;

  private Ssl2Hello() {}

  static Match match(byte[] buffer, int offset, int length) {
    if ((buffer[offset] & 0x80) == 0) {
      return Match.NO;
    }
    if (length < 3) {
      return Match.MORE;
    }
    return switch (buffer[offset + 2]) {
      case 1 -> matchClient(buffer, offset, length);
      case 4 -> matchServer(buffer, offset, length);
      default -> Match.NO;
    };
  }

  private static Match matchClient(byte[] buffer, int offset, int length) {
    if (length < HEADER) {
      return Match.MORE;
    }
    int version = uint16(buffer, offset + 3);
    int ciphers = uint16(buffer, offset + 5);
    int session = uint16(buffer, offset + 7);
    int challenge = uint16(buffer, offset + 9);
    boolean known = version == TlsVersions.SSL2 || (version >= 0x0300 && version <= 0x0304);
    boolean parts = ciphers > 0 && ciphers % 3 == 0 && challenge >= 16 && challenge <= 32;
    int total = length(buffer, offset);
    return known && parts && total == HEADER + ciphers + session + challenge ? Match.YES : Match.NO;
  }

  private static Match matchServer(byte[] buffer, int offset, int length) {
    if (length < SERVER_HEADER) {
      return Match.MORE;
    }
    boolean head = (buffer[offset + 3] & 0xFE) == 0 && (buffer[offset + 4] & 0xFE) == 0;
    boolean version = uint16(buffer, offset + 5) == TlsVersions.SSL2;
    int parts =
        uint16(buffer, offset + 7) + uint16(buffer, offset + 9) + uint16(buffer, offset + 11);
    int total = length(buffer, offset);
    return head && version && total == SERVER_HEADER + parts ? Match.YES : Match.NO;
  }

  /** The version that a client's hello offers. */
  static int version(byte[] buffer, int offset) {
    return uint16(buffer, offset + 3);
  }

  /** Length of the record, header included. */
  static int length(byte[] buffer, int offset) {
    return (uint16(buffer, offset) & 0x7FFF) + 2;
  }

  private static int uint16(byte[] buffer, int at) {
    return ((buffer[at] & 0xFF) << 8) | (buffer[at + 1] & 0xFF);
  }
}
