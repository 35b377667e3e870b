package dev.forensics.indexer.detect.quic;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The versions whose Initial packets can be opened, with their salt and labels: RFC 9001 5.2, RFC
 * 9369 3.3, and the drafts that were deployed (23 to 32; 33 and 34 have the salt of version 1).
 */
enum QuicVersion {
  V1("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic "),
  V2("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2 "),
  DRAFT_29("afbfec289993d24c9e9786f19c6111e04390a899", "quic "),
  DRAFT_23("c3eef712c72ebb5a11a7d2432bb46365bef9f502", "quic ");

  private static final int NUMBER_1 = 1;
  private static final int NUMBER_2 = 0x6b3343cf;
  private static final int DRAFT = 0xff000000;

  private final String salt;
  private final String label;

  QuicVersion(String salt, String label) {
    this.salt = salt;
    this.label = label;
  }

  /** Salt of the Initial secret. */
  byte[] salt() {
    return HexFormat.of().parseHex(salt);
  }

  /** Beginning of the labels of key, iv and hp. */
  String label() {
    return label;
  }

  /** Long packet type that is an Initial: bits 4 and 5 of the first byte. */
  int initialType() {
    return this == V2 ? 1 : 0;
  }

  /** Long packet type that is a Retry. */
  int retryType() {
    return this == V2 ? 0 : 3;
  }

  /** The version of a number on the wire, or null when its Initials cannot be opened. */
  static QuicVersion of(int number) {
    if (number == NUMBER_1) {
      return V1;
    }
    if (number == NUMBER_2) {
      return V2;
    }
    int draft = number - DRAFT;
    if (draft == 33 || draft == 34) {
      return V1;
    }
    if (draft >= 29 && draft <= 32) {
      return DRAFT_29;
    }
    return draft >= 23 && draft <= 28 ? DRAFT_23 : null;
  }

  /**
   * True for a version that identifies QUIC: one of the above, or Google's Q043 to Q050 and T05x.
   */
  static boolean known(int number) {
    return of(number) != null || google(number);
  }

  private static boolean google(int number) {
    int family = number >>> 24;
    boolean digits = digit(number >>> 16) && digit(number >>> 8) && digit(number);
    return (family == 'Q' || family == 'T') && (number >>> 16 & 0xFF) == '0' && digits;
  }

  private static boolean digit(int value) {
    int c = value & 0xFF;
    return c >= '0' && c <= '9';
  }

  /** How facts name a number. */
  static String text(int number) {
    QuicVersion version = of(number);
    if (number == NUMBER_1 || number == NUMBER_2) {
      return version == V1 ? "1" : "2";
    }
    if (version != null) {
      return "draft-" + (number - DRAFT);
    }
    if (google(number)) {
      return ""
          + (char) (number >>> 24)
          + (char) (number >>> 16 & 0xFF)
          + (char) (number >>> 8 & 0xFF)
          + (char) (number & 0xFF);
    }
    return String.format(Locale.ROOT, "0x%08x", number);
  }
}
