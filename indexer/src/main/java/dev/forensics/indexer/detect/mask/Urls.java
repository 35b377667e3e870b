package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/** Request targets in their four forms (RFC 9112 section 3.2), and URLs. */
final class Urls {
  private static final Set<String> SCHEMES =
      Set.of(
          "http",
          "https",
          "ws",
          "wss",
          "ftp",
          "ftps",
          "sftp",
          "coap",
          "rtsp",
          "sip",
          "ipp",
          "icap",
          "about",
          "file",
          "android-app",
          "chrome-extension",
          "socks",
          "stratum",
          "tcp");

  private Urls() {}

  static String target(String text) {
    if (text.equals("*")) {
      return text;
    }
    if (text.charAt(0) == '/') {
      return local(text);
    }
    int scheme = text.indexOf("://");
    if (scheme > 0 && text.indexOf('/') > scheme) {
      return absolute(text, scheme);
    }
    int end = endOfAuthority(text, 0);
    boolean host = end == text.length() && (text.indexOf(':') > 0 || text.indexOf('.') > 0);
    return host ? Hosts.authority(text) : Masks.hidden(text); // a bare word is any word
  }

  private static String absolute(String text, int scheme) {
    String name = text.substring(0, scheme);
    boolean known = SCHEMES.contains(name.toLowerCase(Locale.ROOT));
    int end = endOfAuthority(text, scheme + 3);
    return (known ? name : Masks.hidden(name))
        + "://"
        + Hosts.authority(text.substring(scheme + 3, end))
        + local(text.substring(end));
  }

  private static int endOfAuthority(String text, int from) {
    int end = from;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Path, query and fragment. */
  private static String local(String text) {
    int hash = text.indexOf('#');
    String rest = hash < 0 ? text : text.substring(0, hash);
    int mark = rest.indexOf('?');
    StringBuilder masked = new StringBuilder(text.length());
    masked.append(Paths.mask(mark < 0 ? rest : rest.substring(0, mark)));
    if (mark >= 0) {
      masked.append('?').append(Queries.mask(rest.substring(mark + 1)));
    }
    if (hash >= 0) {
      String fragment = text.substring(hash + 1);
      masked.append('#').append(fragment.isEmpty() ? "" : Masks.hidden(fragment));
    }
    return masked.toString();
  }
}
