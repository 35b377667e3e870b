package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** A text that separators cut into parts; each part is judged by itself. */
final class Phrase {
  /** Longest phrase that is shown whatever its parts are. */
  static final int LONGEST = 64;

  /** Digits in all parts: a date has eight, a card's number sixteen. */
  static final int MOST_DIGITS = 8;

  /** Parts of one or two letters that no list knows: with more of them a word is spelled. */
  private static final int MOST_LETTERS = 2;

  /** Letters of a word that need no list beside a number. */
  private static final int LITTLE = 3;

  /** Signs of passwords and not of products. */
  private static final String CALLS = "!?&~$#@";

  private static final Set<String> LITTLE_WORDS =
      WordList.of(
          """
          a ad ai al am an as at au be by cd cn co da db de di do du ec ed el em en es et eu ex fr
          go gw he hi id ie if il in io ip is it ja jp js ko la le lo ma me mi ml my na ne no ns of
          oh ok on or os pa pc pi pr pt qa re ru sa se si so su te tl to tv tx uk ui un up us vs we
          wp ws zh
          """);

  private Phrase() {}

  /** Words and small numbers between separators. */
  static boolean isHarmless(String text, String separators) {
    return text.length() <= LONGEST
        && Words.digits(text) <= MOST_DIGITS
        && !isSpelled(text, separators)
        && all(text, separators, Words::isHarmless);
  }

  /** True for a word in pieces, as s-e-c-r-e-t: each piece alone says nothing. */
  static boolean isSpelled(String text, String separators) {
    int[] pieces = new int[1];
    all(
        text,
        separators,
        part -> {
          boolean little = part.length() <= 2 && Character.isLetter(part.charAt(0));
          pieces[0] += little && !LITTLE_WORDS.contains(part.toLowerCase(Locale.ROOT)) ? 1 : 0;
          return true;
        });
    return pieces[0] > MOST_LETTERS;
  }

  /**
   * True for a word and a number, as people think passwords up: {@code Dragon-9707!}. A number of
   * several digits beside the only word that no list has, or any digit beside a sign that names of
   * products do not have.
   *
   * @param listed words that have a number beside them
   */
  static boolean isWordAndNumber(String text, String separators, Predicate<String> listed) {
    int[] counts = new int[2];
    int enough = text.indexOf('.') < 0 ? 2 : 3;
    all(
        text,
        separators,
        part -> {
          String stem = Words.stem(part);
          boolean isWord =
              stem.length() > LITTLE
                  && Words.digits(stem) == 0
                  && !listed.test(stem.toLowerCase(Locale.ROOT));
          counts[0] += isWord ? 1 : 0;
          counts[1] = Math.max(counts[1], part.length() - stem.length());
          return true;
        });
    boolean isCalled = text.chars().anyMatch(c -> CALLS.indexOf(c) >= 0);
    return counts[0] > 0 && counts[1] > 0 && ((counts[0] < 3 && counts[1] >= enough) || isCalled);
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
