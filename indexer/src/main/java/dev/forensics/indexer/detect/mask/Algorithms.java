package dev.forensics.indexer.detect.mask;

import java.util.Set;

/** Lists of SSH's algorithms (RFC 4250 section 4.11): made of few words and numbers. */
final class Algorithms {
  private static final Set<String> WORDS =
      Set.of(
          "diffie",
          "hellman",
          "group",
          "exchange",
          "sha",
          "ecdh",
          "nistp",
          "nistk",
          "nistb",
          "nistt",
          "curve",
          "x",
          "chacha",
          "poly",
          "aes",
          "ctr",
          "gcm",
          "cbc",
          "cfb",
          "ofb",
          "hmac",
          "md",
          "umac",
          "etm",
          "openssh",
          "com",
          "org",
          "net",
          "se",
          "ssh",
          "rsa",
          "dss",
          "dsa",
          "ed",
          "ecdsa",
          "cert",
          "v",
          "none",
          "zlib",
          "kex",
          "strict",
          "c",
          "s",
          "ext",
          "info",
          "des",
          "blowfish",
          "arcfour",
          "cast",
          "idea",
          "serpent",
          "twofish",
          "camellia",
          "libssh",
          "sntrup",
          "mlkem",
          "sk",
          "lysator",
          "liu",
          "ripemd",
          "gss",
          "ecmqv",
          "spki",
          "sign",
          "pgp",
          "null",
          "bis",
          "test",
          "tectia",
          "putty",
          "rijndael",
          "seed",
          "aead",
          "mac",
          "cts",
          "webauthn",
          "ri",
          "guess",
          "matches",
          "gex",
          "ietf",
          "xdh",
          "m",
          "kyber",
          "k");

  private static final int DIGITS = 5;
  private static final String ENDS = ",;";

  private Algorithms() {}

  static String mask(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      if (end || ENDS.indexOf(text.charAt(i)) >= 0) {
        String name = text.substring(from, i);
        boolean shown = name.isEmpty() || Phrase.all(name, "-@._", Algorithms::isPart);
        masked.append(shown ? name : Masks.hidden(name));
        masked.append(end ? "" : String.valueOf(text.charAt(i)));
        from = i + 1;
      }
    }
    return masked.toString();
  }

  /** Words of the list and numbers between them, such as sntrup761x25519. */
  private static boolean isPart(String part) {
    int from = 0;
    while (from < part.length()) {
      int to = from;
      boolean digits = Words.isDigit(part.charAt(from));
      while (to < part.length() && Words.isDigit(part.charAt(to)) == digits) {
        to++;
      }
      boolean known = digits ? to - from <= DIGITS : WORDS.contains(part.substring(from, to));
      if (!known) {
        return false;
      }
      from = to;
    }
    return true;
  }
}
