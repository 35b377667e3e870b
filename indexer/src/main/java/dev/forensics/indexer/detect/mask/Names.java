package dev.forensics.indexer.detect.mask;

/** Names of fields, parameters and cookies: words, also joined, each with two digits at most. */
final class Names {
  static final int LONGEST = 48;
  private static final String SEPARATORS = "_-.[]$:@ ";
  private static final int DIGITS = 2;

  private Names() {}

  /** True when a text looks like a name, and not like a value that stands in a name's place. */
  static boolean isName(String text) {
    return text.length() <= LONGEST
        && !Tokens.isKnown(text)
        && Words.digits(text) <= 2 * DIGITS
        && !Phrase.isSpelled(text, SEPARATORS)
        && Phrase.all(text, SEPARATORS, Names::isPart);
  }

  private static boolean isPart(String part) {
    if (Words.isHarmless(part)) {
      return true;
    }
    String stem = Words.stem(part);
    return !stem.isEmpty() && part.length() - stem.length() <= DIGITS && Words.isPlain(stem);
  }
}
