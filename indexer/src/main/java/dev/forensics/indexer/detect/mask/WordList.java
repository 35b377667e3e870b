package dev.forensics.indexer.detect.mask;

import java.util.Set;

/** Closed lists of words: what stands in one is known to be harmless, also several in a row. */
final class WordList {
  /** Characters of a word that is looked for as words written together. */
  private static final int LONGEST = 40;

  private WordList() {}

  /** The words of a text, which blanks and line ends part; each once. */
  static Set<String> of(String words) {
    return Set.of(words.strip().split("\\s+"));
  }

  /** True for words of a list, also written together: resetpassword. Digits are none. */
  static boolean isMadeOf(String lowerCase, Set<String> words) {
    return lowerCase.length() <= LONGEST && isMadeOf(lowerCase, 0, words, new boolean[LONGEST + 1]);
  }

  /** Failed places are not tried twice, so that the work is bounded. */
  private static boolean isMadeOf(String text, int from, Set<String> words, boolean[] failed) {
    if (from == text.length()) {
      return from > 0;
    }
    for (int to = text.length(); to > from && !failed[from]; to--) {
      if (words.contains(text.substring(from, to)) && isMadeOf(text, to, words, failed)) {
        return true;
      }
    }
    failed[from] = true;
    return false;
  }
}
