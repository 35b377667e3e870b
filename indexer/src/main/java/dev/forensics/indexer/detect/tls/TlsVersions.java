package dev.forensics.indexer.detect.tls;

/** Versions of SSL and TLS, and the values that GREASE (RFC 8701) puts among them. */
final class TlsVersions {
  static final int SSL2 = 0x0002;
  static final int TLS12 = 0x0303;
  static final int TLS13 = 0x0304;

  private TlsVersions() {}

  /** As documents show it: "1.3"... "ssl3"; drafts of 1.3 count as 1.3; else hex. */
  static String name(int version) {
    if (version >> 8 == 0x7F) {
      return "1.3";
    }
    return switch (version) {
      case TLS13 -> "1.3";
      case TLS12 -> "1.2";
      case 0x0302 -> "1.1";
      case 0x0301 -> "1.0";
      case 0x0300 -> "ssl3";
      case SSL2 -> "ssl2";
      default -> String.format("0x%04x", version);
    };
  }

  /** True for the 16 reserved values 0x0a0a, 0x1a1a... 0xfafa. */
  static boolean isGrease(int value) {
    return (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
  }
}
