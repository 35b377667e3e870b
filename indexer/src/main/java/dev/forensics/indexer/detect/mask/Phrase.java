package dev.forensics.indexer.detect.mask;

import java.util.function.Predicate;

/** A text that separators cut into parts; each part is judged by itself. */
final class Phrase {
  /** Longest phrase that is shown whatever its parts are. */
  static final int LONGEST = 64;

  /** Digits in all parts: a date has eight, a card's number sixteen. */
  private static final int MOST_DIGITS = 8;

  private Phrase() {}

  /** Words and small numbers between separators. */
  static boolean isHarmless(String text, String separators) {
    return text.length() <= LONGEST
        && Words.digits(text) <= MOST_DIGITS
        && all(text, separators, Words::isHarmless);
  }

  /** True when a text has parts and each of them passes. */
  static boolean all(String text, String separators, Predicate<String> judge) {
    boolean any = false;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
        if (i > from) {
          any = true;
          if (!judge.test(text.substring(from, i))) {
            return false;
          }
        }
        from = i + 1;
      }
    }
    return any;
  }
}
