package dev.forensics.indexer.detect.rule;

/** Text of the wire as a reason quotes it. */
final class Quote {
  private static final int LIMIT = 120;
  private static final char DELETE = 0x7F;

  private Quote() {}

  /** The text, shortened and without ASCII control characters. */
  static String of(String text) {
    boolean isLong = text.length() > LIMIT;
    StringBuilder quote = new StringBuilder(isLong ? LIMIT + 3 : text.length());
    for (int i = 0; i < Math.min(LIMIT, text.length()); i++) {
      char c = text.charAt(i);
      quote.append(c < ' ' || c == DELETE ? '?' : c);
    }
    return quote.append(isLong ? "..." : "").toString();
  }
}
