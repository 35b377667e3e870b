package dev.forensics.indexer.cli;

/**
 * Text for a terminal or a log. Names of files are anybody's: control characters in them would move
 * the cursor, change what the terminal does, or make lines of their own.
 */
final class PlainText {
  /** What stands for each of them in a log line. */
  private static final char OTHER = '\uFFFD';

  private PlainText() {}

  /**
   * A text on one line.
   *
   * @return the text, where control and invisible characters are shown as their numbers: &#92;u001b
   */
  static String line(String text) {
    return plain(text, false);
  }

  /** The same, with the line ends that it has. */
  static String lines(String text) {
    return plain(text, true);
  }

  private static String plain(String text, boolean keepsLines) {
    StringBuilder plain = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPlain = isPlain(c) || (keepsLines && c == '\n');
      if (!isPlain && plain == null) {
        plain = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (plain != null) {
        plain.append(isPlain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
      }
    }
    return plain == null ? text : plain.toString();
  }

  private static boolean isPlain(char c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /** Logback's words for a message in which {@link #OTHER} stands for each control character. */
  static String logMessage() {
    String controls = "[" + range(0x00, 0x1F) + range(0x7F, 0x9F) + range(0x200B, 0x200F);
    controls += range(0x2028, 0x202E) + range(0x2066, 0x2069) + "]";
    return "%replace(%msg){'" + controls + "','" + OTHER + "'}";
  }

  private static String range(int from, int to) {
    return (char) from + "-" + (char) to;
  }
}
