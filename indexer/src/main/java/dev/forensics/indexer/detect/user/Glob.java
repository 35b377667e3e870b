package dev.forensics.indexer.detect.user;

import java.util.List;

/**
 * A text in which a star stands for any characters, none included, and everything else for itself.
 * It never goes back behind a part that it has found, so a text takes one pass for each part.
 */
final class Glob {
  private final List<String> parts;

  Glob(String pattern) {
    parts = List.of(pattern.split("\\*", -1));
  }

  /** True when the whole text fits. */
  boolean matches(String text) {
    String first = parts.get(0);
    if (parts.size() == 1) {
      return text.equals(first);
    }
    String last = parts.get(parts.size() - 1);
    int at = first.length();
    int end = text.length() - last.length();
    if (end < at || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
