package dev.forensics.indexer.detect.dns;

/** Names of record types (IANA DNS parameters). */
final class DnsTypes {
  static final int A = 1;
  static final int NS = 2;
  static final int CNAME = 5;
  static final int PTR = 12;
  static final int MX = 15;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int SRV = 33;

  private DnsTypes() {}

  /** The name of a type, or null where it has none here. */
  static String nameOrNull(int type) {
    return switch (type) {
      case A -> "A";
      case NS -> "NS";
      case CNAME -> "CNAME";
      case 6 -> "SOA";
      case 10 -> "NULL";
      case PTR -> "PTR";
      case 13 -> "HINFO";
      case MX -> "MX";
      case TXT -> "TXT";
      case 24 -> "SIG";
      case 25 -> "KEY";
      case AAAA -> "AAAA";
      case 29 -> "LOC";
      case 32 -> "NB";
      case SRV -> "SRV";
      case 35 -> "NAPTR";
      case 37 -> "CERT";
      case 38 -> "A6";
      case 39 -> "DNAME";
      case 41 -> "OPT";
      case 43 -> "DS";
      case 44 -> "SSHFP";
      case 46 -> "RRSIG";
      case 47 -> "NSEC";
      case 48 -> "DNSKEY";
      case 50 -> "NSEC3";
      case 52 -> "TLSA";
      case 64 -> "SVCB";
      case 65 -> "HTTPS";
      case 99 -> "SPF";
      case 249 -> "TKEY";
      case 250 -> "TSIG";
      case 251 -> "IXFR";
      case 252 -> "AXFR";
      case 255 -> "ANY";
      case 256 -> "URI";
      case 257 -> "CAA";
      default -> null;
    };
  }

  /** The name of a type, "TYPE" and its number (RFC 3597) where it has none here. */
  static String name(int type) {
    String name = nameOrNull(type);
    return name == null ? "TYPE" + type : name;
  }
}
