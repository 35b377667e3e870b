package dev.forensics.indexer.document;

/** Names of TLS numbers: versions and alerts (RFC 8446 sections 4.2.1 and 6.2, RFC 5246). */
final class TlsNames {
  private TlsNames() {}

  /**
   * A version by its number on the wire: "1.2", "3.0" for SSL 3, "0x..." for others; null for 0.
   */
  static String version(int number) {
    return switch (number) {
      case 0 -> null;
      case 0x0002 -> "2.0";
      case 0x0300 -> "3.0";
      case 0x0301 -> "1.0";
      case 0x0302 -> "1.1";
      case 0x0303 -> "1.2";
      case 0x0304 -> "1.3";
      case 0xfeff -> "1.0";
      case 0xfefd -> "1.2";
      case 0xfefc -> "1.3";
      default -> "0x" + Integer.toHexString(number);
    };
  }

  /** An alert by level * 256 + description; null for -1. */
  static String alert(int alert) {
    if (alert < 0) {
      return null;
    }
    int description = alert & 0xff;
    String name = description(description);
    return name == null ? "alert_" + description : name;
  }

  private static String description(int description) {
    return switch (description) {
      case 0 -> "close_notify";
      case 10 -> "unexpected_message";
      case 20 -> "bad_record_mac";
      case 21 -> "decryption_failed";
      case 22 -> "record_overflow";
      case 30 -> "decompression_failure";
      case 40 -> "handshake_failure";
      case 41 -> "no_certificate";
      case 42 -> "bad_certificate";
      case 43 -> "unsupported_certificate";
      case 44 -> "certificate_revoked";
      case 45 -> "certificate_expired";
      case 46 -> "certificate_unknown";
      case 47 -> "illegal_parameter";
      case 48 -> "unknown_ca";
      case 49 -> "access_denied";
      case 50 -> "decode_error";
      case 51 -> "decrypt_error";
      default -> laterDescription(description);
    };
  }

  private static String laterDescription(int description) {
    return switch (description) {
      case 60 -> "export_restriction";
      case 70 -> "protocol_version";
      case 71 -> "insufficient_security";
      case 80 -> "internal_error";
      case 86 -> "inappropriate_fallback";
      case 90 -> "user_canceled";
      case 100 -> "no_renegotiation";
      case 109 -> "missing_extension";
      case 110 -> "unsupported_extension";
      case 111 -> "certificate_unobtainable";
      case 112 -> "unrecognized_name";
      case 113 -> "bad_certificate_status_response";
      case 114 -> "bad_certificate_hash_value";
      case 115 -> "unknown_psk_identity";
      case 116 -> "certificate_required";
      case 120 -> "no_application_protocol";
      default -> null;
    };
  }
}
