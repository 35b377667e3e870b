package dev.forensics.indexer.document.json;

/**
 * Text from the wire made safe to store and show: bounded, valid Unicode, and without characters
 * that steer terminals or the direction of text. Each such character becomes one U+FFFD, so equal
 * bytes give equal text; a text cut at the bound ends with an ellipsis (U+2026).
 */
final class SafeText {
  /** Longest text in UTF-16 units; the ignore_above of keyword fields, so all of it is indexed. */
  static final int LIMIT = 1024;

  /** Longest text of the few fields that are kept whole for reading; see LIMIT for searching. */
  static final int LONG_LIMIT = 4096;

  private static final char REPLACEMENT = '\uFFFD';
  private static final char ELLIPSIS = '\u2026';

  private char[] scratch = new char[256];
  private int length;

  /** True when the text can be written as it is: printable ASCII up to limit. */
  static boolean isPlain(String text, int limit) {
    if (text.length() > limit) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** True when every surrogate has its other half. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Cleans a text; the result stands in {@link #characters} up to {@link #length}. */
  void clean(String text, int limit) {
    int count = Math.min(text.length(), limit);
    ensureRoom(count + 1);
    length = 0;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i = pair(c, text.charAt(i + 1), i, count);
      } else {
        scratch[length++] = isUnsafe(c) ? REPLACEMENT : c;
      }
    }
    if (text.length() > limit) {
      markCut(limit);
    }
  }

  char[] characters() {
    return scratch;
  }

  int length() {
    return length;
  }

  /** Appends a surrogate pair if both halves fit; returns the index of its last half. */
  private int pair(char high, char low, int index, int count) {
    if (index + 1 < count) {
      scratch[length++] = high;
      scratch[length++] = low;
    }
    return index + 1;
  }

  private void markCut(int limit) {
    if (length == limit) {
      length--;
      if (Character.isHighSurrogate(scratch[length - 1])) {
        length--;
      }
    }
    scratch[length++] = ELLIPSIS;
  }

  private void ensureRoom(int count) {
    if (scratch.length < count) {
      scratch = new char[Math.max(count, scratch.length * 2)];
    }
  }

  /** Control, surrogate, bidirectional and line-separating characters, and non-characters. */
  private static boolean isUnsafe(char c) {
    return c < ' '
        || (c >= 0x7f && c <= 0x9f)
        || c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || Character.isSurrogate(c)
        || (c >= 0xfdd0 && c <= 0xfdef)
        || c >= 0xfffe;
  }
}
