package dev.forensics.indexer.detect.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Digests of texts of which a few come again and again, as a program sends the same lists in each
 * of its connections: those asked for last are remembered, at most {@value #SLOTS} of at most
 * {@value #MOST_CHARACTERS} characters. For all threads.
 */
final class TextDigest {
  private static final int SLOTS = 256;
  private static final int MOST_CHARACTERS = 1024;

  private final ThreadLocal<MessageDigest> digests;
  private final Known[] known = new Known[SLOTS];

  /** Threads may see each other's late or not at all, but never half of one: fields are final. */
  private record Known(String text, String digits) {}

  /**
   * Remembers none.
   *
   * @param algorithm name of one that every Java runtime has
   */
  TextDigest(String algorithm) {
    digests = ThreadLocal.withInitial(() -> digest(algorithm));
  }

  /** The digest of an ASCII text, in hex digits. */
  String hex(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return compute(text);
    }
    int hash = text.hashCode() * 0x9E3779B9;
    int slot = hash >>> 24 & (SLOTS - 1);
    Known one = known[slot];
    if (one == null || !one.text.equals(text)) {
      one = new Known(text, compute(text));
      known[slot] = one;
    }
    return one.digits;
  }

  private String compute(String text) {
    byte[] digest = digests.get().digest(text.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }
}
