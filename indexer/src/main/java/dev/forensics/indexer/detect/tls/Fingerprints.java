package dev.forensics.indexer.detect.tls;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * JA3 and JA3S (salesforce/ja3, BSD-3), JA4 of TLS clients (FoxIO technical_details/JA4.md, BSD-3).
 */
final class Fingerprints {
  private static final TextDigest MD5 = new TextDigest("MD5");
  private static final TextDigest SHA_256 = new TextDigest("SHA-256");

  private static final String NONE = "000000000000";
  private static final int PART = 12;

  private Fingerprints() {}

  /** MD5 of version,ciphers,extensions,groups,point formats; decimal, without GREASE. */
  static String ja3(ClientHello hello) {
    String text =
        hello.legacyVersion
            + ","
            + hello.ciphers.withoutGrease().decimal()
            + ","
            + hello.extensions.withoutGrease().decimal()
            + ","
            + hello.groups.withoutGrease().decimal()
            + ","
            + hello.pointFormats.decimal();
    return MD5.hex(text);
  }

  /** MD5 of version,cipher,extensions. */
  static String ja3s(ServerHello hello) {
    String text = hello.legacyVersion + "," + hello.cipher + "," + hello.extensions.decimal();
    return MD5.hex(text);
  }

  static String ja4(ClientHello hello, char transport) {
    Numbers ciphers = hello.ciphers.withoutGrease();
    Numbers extensions = hello.extensions.withoutGrease();
    StringBuilder text = new StringBuilder(36);
    text.append(transport).append(version(hello.highestNumber()));
    text.append(contains(extensions, ClientHello.SERVER_NAME) ? 'd' : 'i');
    text.append(count(ciphers.size())).append(count(extensions.size()));
    text.append(alpn(hello)).append('_');
    text.append(ciphers.size() == 0 ? NONE : shortSha256(ciphers.sorted().hex())).append('_');
    text.append(extensionPart(extensions, hello.signatureAlgorithms.withoutGrease()));
    return text.toString();
  }

  private static String extensionPart(Numbers extensions, Numbers signatureAlgorithms) {
    if (extensions.size() == 0) {
      return NONE;
    }
    Numbers hashed = new Numbers();
    for (int i = 0; i < extensions.size(); i++) {
      int type = extensions.get(i);
      if (type != ClientHello.SERVER_NAME && type != ClientHello.ALPN) {
        hashed.add(type);
      }
    }
    String algorithms = signatureAlgorithms.hex();
    return shortSha256(hashed.sorted().hex() + (algorithms.isEmpty() ? "" : "_" + algorithms));
  }

  private static String version(int version) {
    return switch (version) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  private static boolean contains(Numbers numbers, int wanted) {
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) == wanted) {
        return true;
      }
    }
    return false;
  }

  private static String count(int number) {
    int bounded = Math.min(number, 99);
    return (bounded < 10 ? "0" : "") + bounded;
  }

  /** First and last character of the first protocol; of its hex digits when they are no letters. */
  private static String alpn(ClientHello hello) {
    if (hello.alpn.isEmpty() || hello.alpn.get(0).isEmpty()) {
      return "00";
    }
    String first = hello.alpn.get(0);
    char head = first.charAt(0);
    char tail = first.charAt(first.length() - 1);
    if (isAlphanumeric(head) && isAlphanumeric(tail)) {
      return "" + head + tail;
    }
    String hex = HexFormat.of().formatHex(first.getBytes(StandardCharsets.ISO_8859_1));
    return "" + hex.charAt(0) + hex.charAt(hex.length() - 1);
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static String shortSha256(String text) {
    return text.isEmpty() ? NONE : SHA_256.hex(text).substring(0, PART);
  }
}
