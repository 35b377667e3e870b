package dev.forensics.indexer.detect.mask;

/** Names in certificates (RFC 4514): types stay, values are text or hosts. */
final class DistinguishedNames {
  private DistinguishedNames() {}

  static String mask(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      quoted ^= !end && text.charAt(i) == '"';
      boolean escaped = !end && i > 0 && text.charAt(i - 1) == '\\';
      if (end || (!quoted && !escaped && text.charAt(i) == ',')) {
        part(text.substring(from, i), masked);
        masked.append(end ? "" : String.valueOf(text.charAt(i)));
        from = i + 1;
      }
    }
    return masked.toString();
  }

  private static void part(String part, StringBuilder masked) {
    int equal = part.indexOf('=');
    String type = part.substring(0, Math.max(0, equal));
    String value = part.substring(equal + 1);
    boolean named =
        equal > 0 && (Names.isName(type.trim()) || type.trim().matches("(OID\\.)?[0-9.]+"));
    masked.append(named ? type : type.isEmpty() ? "" : Masks.hidden(type));
    masked.append(equal >= 0 ? "=" : "");
    masked.append(value.isEmpty() ? "" : value(value));
  }

  /** A host when it has dots and no blanks, else text. */
  static String value(String value) {
    boolean host = value.indexOf('.') > 0 && value.indexOf(' ') < 0;
    return host ? Hosts.host(value) : FreeText.mask(value, true);
  }
}
