package dev.forensics.indexer.detect.wire;

import java.util.BitSet;

/**
 * Whether a hash of bytes may be shown: a list of passwords is hashed in no time, so the plain hash
 * of a line with a password is as good as the password.
 */
public final class Guesses {
  /** Different values that do not print: with fewer, words between them could be guessed. */
  private static final int UNGUESSABLE = 16;

  private static final int LAST_CONTROL = 0x1F;
  private static final int DELETE = 0x7F;

  private Guesses() {}

  /** True when nobody can guess these bytes: many of them, and different ones, do not print. */
  public static boolean areUnguessable(byte[] bytes) {
    BitSet seen = new BitSet(256);
    for (byte value : bytes) {
      if (isBinary(value)) {
        seen.set(value & 0xFF);
      }
    }
    return seen.cardinality() >= UNGUESSABLE;
  }

  /** True for a byte that stands in no text: zero, line ends and blanks do, too. */
  public static boolean isBinary(byte value) {
    boolean isOfTexts = value == 0 || value == '\r' || value == '\n' || value == '\t';
    return !isOfTexts && (value <= LAST_CONTROL || value == DELETE);
  }
}
