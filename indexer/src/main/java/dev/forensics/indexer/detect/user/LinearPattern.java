package dev.forensics.indexer.detect.user;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.MatchResult;

/**
 * A regular expression of a user, in RE2's syntax. A look takes time in line with the text's
 * length, whatever the pattern, and none overflows the stack: a sender cannot make it hang.
 */
final class LinearPattern {
  /** Repetitions are written out when a pattern is read: this bounds its memory and its time. */
  private static final long LIMIT = 20_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private final Pattern pattern;

  /**
   * @throws IllegalArgumentException when the text is no pattern, or one that is too large
   */
  LinearPattern(String text) {
    if (size(text) > LIMIT) {
      throw new IllegalArgumentException(
          "its length times its repetition counts must be at most " + LIMIT);
    }
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** An upper bound: as if each repetition stood within all others. */
  private static long size(String text) {
    long size = text.length();
    for (MatchResult found : REPETITION.matcher(text).results().toList()) {
      String most =
          found.group(2) == null || found.group(2).isEmpty() ? found.group(1) : found.group(2);
      size = Math.min(LIMIT + 1, size * Math.max(1, Long.parseLong(most)));
    }
    return size;
  }

  /** True when it is found anywhere in the text. */
  boolean isIn(String text) {
    return pattern.matcher(text).find();
  }
}
