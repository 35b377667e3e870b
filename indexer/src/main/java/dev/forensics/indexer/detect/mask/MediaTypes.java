package dev.forensics.indexer.detect.mask;

import java.util.Locale;

/** Media types (RFC 9110 section 8.3.1); of the parameters only the character set is shown. */
final class MediaTypes {
  private MediaTypes() {}

  static String mask(String text) {
    int end = text.indexOf(';');
    String type = end < 0 ? text : text.substring(0, end);
    StringBuilder masked = new StringBuilder(text.length());
    boolean shown =
        type.isBlank()
            || (type.indexOf('/') > 0 && Phrase.all(type.trim(), "/-.+*", MediaTypes::isPart));
    masked.append(shown ? type : Masks.hidden(type));
    while (end >= 0) {
      int from = end + 1;
      end = text.indexOf(';', from);
      masked.append(';');
      parameter(end < 0 ? text.substring(from) : text.substring(from, end), masked);
    }
    return masked.toString();
  }

  private static boolean isPart(String part) {
    return Words.isHarmless(part) || (Words.isOneCase(part) && Words.isMixed(part, 5, 2));
  }

  private static void parameter(String text, StringBuilder masked) {
    int equal = text.indexOf('=');
    String name = equal < 0 ? text : text.substring(0, equal);
    if (equal < 0 || !Names.isName(name.trim())) {
      masked.append(text.isBlank() ? text : Masks.hidden(text));
      return;
    }
    String value = text.substring(equal + 1).trim();
    boolean open =
        "charset".equals(name.trim().toLowerCase(Locale.ROOT))
            && Phrase.all(value, "-_\"", MediaTypes::isCharset);
    masked.append(name).append('=').append(open || value.isEmpty() ? value : Masks.hidden(value));
  }

  private static boolean isCharset(String part) {
    return Words.isHarmless(part) || Words.isMixed(part, 7, 1);
  }
}
