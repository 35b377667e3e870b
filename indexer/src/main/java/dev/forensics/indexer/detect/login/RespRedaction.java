package dev.forensics.indexer.detect.login;

import java.util.Locale;
import java.util.Set;

/**
 * The passwords of a Redis client. Each of its commands is an array of strings with their lengths
 * (RESP: {@code *2 CR LF $4 CR LF AUTH CR LF $6 CR LF secret CR LF}); the words AUTH, also within
 * HELLO and MIGRATE, and those of settings are followed by passwords.
 */
final class RespRedaction {
  private static final Set<String> BEFORE_ONE = Set.of("requirepass", "masterauth");
  private static final Set<String> BEFORE_TWO = Set.of("auth", "auth2"); // user and password
  private static final int WORD_LIMIT = 16;
  private static final int NUMBER_LIMIT = 9;

  private final char[] chars;
  private int at;

  private RespRedaction(char[] chars) {
    this.chars = chars;
  }

  /** Blanks the passwords; true when something was blanked. */
  static boolean commands(char[] chars) {
    RespRedaction redaction = new RespRedaction(chars);
    boolean changed = false;
    int words = redaction.number('*');
    while (words > 0) {
      changed |= redaction.command(words);
      words = redaction.number('*');
    }
    return changed;
  }

  private boolean command(int words) {
    boolean changed = false;
    int secrets = 0;
    for (int i = 0; i < words; i++) {
      int length = number('$');
      if (length < 0) {
        return changed;
      }
      int from = at;
      int end = Math.min(chars.length, from + length);
      at = Math.min(chars.length, end + 2);
      if (secrets > 0) {
        changed |= Redaction.blank(chars, from, end);
        secrets--;
      } else {
        secrets = secretsAfter(from, end);
      }
    }
    return changed;
  }

  private int secretsAfter(int from, int end) {
    if (end - from > WORD_LIMIT) {
      return 0;
    }
    String word = new String(chars, from, end - from).toLowerCase(Locale.ROOT);
    return BEFORE_TWO.contains(word) ? 2 : BEFORE_ONE.contains(word) ? 1 : 0;
  }

  /** Reads a line of a mark and a number; -1 when none begins here, and the place stays. */
  private int number(char mark) {
    int digit = at + 1;
    int number = 0;
    while (digit < chars.length && digit - at <= NUMBER_LIMIT && Character.isDigit(chars[digit])) {
      number = number * 10 + chars[digit] - '0';
      digit++;
    }
    boolean isNumber = at < chars.length && chars[at] == mark && digit > at + 1;
    if (!isNumber || digit + 1 >= chars.length || chars[digit] != '\r') {
      return -1;
    }
    at = digit + 2;
    return number;
  }
}
