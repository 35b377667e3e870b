package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Queries, and forms: the names stay, also encoded ones; of the values only small numbers and words
 * of parameters that are known to hold nothing else.
 */
final class Queries {
  /** Parameters whose values are words and numbers. */
  private static final Set<String> OPEN =
      Set.of(
          "page",
          "lang",
          "language",
          "locale",
          "hl",
          "format",
          "fmt",
          "type",
          "sort",
          "order",
          "dir",
          "limit",
          "offset",
          "size",
          "count",
          "per_page",
          "start",
          "v",
          "ver",
          "version",
          "action",
          "op",
          "mode",
          "view",
          "tab",
          "theme",
          "width",
          "height",
          "w",
          "h",
          "output",
          "alt",
          "charset",
          "encoding",
          "ie",
          "oe",
          "region",
          "country",
          "currency",
          "step",
          "index",
          "category",
          "module",
          "method",
          "do",
          "cmd",
          "task",
          "section",
          "grant_type",
          "response_type",
          "id",
          "n",
          "p",
          "i",
          "level",
          "layer",
          "zoom",
          "debug",
          "enabled",
          "year",
          "month",
          "day",
          "utm_source",
          "utm_medium",
          "function",
          "protocol");

  /** Words that stand in a query alone. */
  private static final Set<String> ALONE =
      Set.of("wsdl", "xsd", "debug", "raw", "download", "list", "help", "json", "xml", "status");

  private static final int VALUE = 16;

  private Queries() {}

  static String mask(String query) {
    StringBuilder masked = new StringBuilder(query.length());
    int from = 0;
    for (int i = 0; i <= query.length(); i++) {
      boolean end = i == query.length();
      if (end || query.charAt(i) == '&' || query.charAt(i) == ';' || query.charAt(i) == '?') {
        parameter(query.substring(from, i), masked);
        if (!end) {
          masked.append(query.charAt(i));
        }
        from = i + 1;
      }
    }
    return masked.toString();
  }

  private static void parameter(String text, StringBuilder masked) {
    int equal = text.indexOf('=');
    if (equal < 0) {
      boolean shown = text.isEmpty() || ALONE.contains(text);
      masked.append(shown ? text : Masks.hidden(text));
      return;
    }
    String name = text.substring(0, equal);
    String value = text.substring(equal + 1);
    String plain = Percent.decode(name);
    boolean isName = plain != null && Names.isName(plain.replace('+', ' '));
    masked.append(isName || name.isEmpty() ? name : Masks.hidden(name)).append('=');
    boolean shown = value.isEmpty() || (isName && isOpen(plain, value));
    masked.append(shown ? value : Masks.hidden(value));
  }

  private static boolean isOpen(String name, String value) {
    return value.length() <= VALUE
        && OPEN.contains(name.toLowerCase(Locale.ROOT))
        && Phrase.isHarmless(value, "-_.");
  }
}
