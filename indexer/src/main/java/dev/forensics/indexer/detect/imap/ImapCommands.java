package dev.forensics.indexer.detect.imap;

import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;

/** Commands of IMAP with the arguments that they have there (RFC 9051 section 6). */
final class ImapCommands {
  /** Commands without an argument. */
  private static final String[] PLAIN = {
    "CAPABILITY", "STARTTLS", "NAMESPACE", "NOOP", "LOGOUT", "IDLE"
  };

  /** Commands with arguments. */
  private static final String[] WITH_ARGUMENTS = {
    "LOGIN ",
    "AUTHENTICATE ",
    "SELECT ",
    "EXAMINE ",
    "ENABLE ",
    "LIST ",
    "LSUB ",
    "STATUS ",
    "FETCH ",
    "UID FETCH ",
    "COMPRESS "
  };

  private ImapCommands() {}

  /** True for the word of a command, as far as it goes; whole when the line is complete. */
  static boolean isKnown(byte[] buffer, int offset, int seen, boolean whole) {
    for (String word : PLAIN) {
      boolean ends = whole ? seen == word.length() : seen <= word.length();
      if (ends && Octets.agrees(buffer, offset, seen, word)) {
        return true;
      }
    }
    return TextProbe.beginsWithAny(buffer, offset, seen, whole, WITH_ARGUMENTS);
  }

  /** True when a whole command has arguments of its kind: words of a text have other ones. */
  static boolean hasArguments(byte[] buffer, int offset, int length) {
    if (Octets.startsWith(buffer, offset, length, "LOGIN ")) {
      return isLogin(buffer, offset, length);
    }
    if (Octets.startsWith(buffer, offset, length, "STATUS ")) {
      return buffer[offset + length - 1] == ')';
    }
    if (Octets.startsWith(buffer, offset, length, "LIST ")
        || Octets.startsWith(buffer, offset, length, "LSUB ")) {
      return holdsAny(buffer, offset, length, "\"%*");
    }
    int fetch = Octets.startsWith(buffer, offset, length, "UID ") ? 4 : 0;
    if (Octets.startsWith(buffer, offset + fetch, length - fetch, "FETCH ")) {
      return length > fetch + 6 && isNumbers(buffer[offset + fetch + 6]);
    }
    return true;
  }

  private static boolean isNumbers(byte value) {
    return (value >= '0' && value <= '9') || value == '*' || value == '$';
  }

  private static boolean holdsAny(byte[] buffer, int offset, int length, String signs) {
    for (int i = 0; i < length; i++) {
      if (signs.indexOf(buffer[offset + i]) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Two arguments, of which quotes and literals may hold blanks. */
  private static boolean isLogin(byte[] buffer, int offset, int length) {
    int blanks = 0;
    boolean quoted = false;
    for (int i = 6; i < length; i++) {
      boolean quote = buffer[offset + i] == '"' && buffer[offset + i - 1] != '\\';
      quoted ^= quote;
      blanks += buffer[offset + i] == ' ' && !quoted ? 1 : 0;
    }
    return blanks == 1 || (blanks == 0 && buffer[offset + length - 1] == '}');
  }
}
