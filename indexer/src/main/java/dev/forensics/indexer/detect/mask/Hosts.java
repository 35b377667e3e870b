package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Hosts. Names of hosts are no secrets: resolvers publish them. A label that is long and drawn, or
 * no label at all (RFC 1123 section 2.1), is masked; the labels around it stay. A host without a
 * dot must be words, since any word could stand there.
 */
final class Hosts {
  private static final int LONGEST = 253;
  private static final int LABEL = 63;
  private static final int LONG_LABEL = 20;
  private static final int PART = 12;
  private static final int CHANGES = 2;
  private static final int ADDRESS_V6 = 45;
  private static final int PORT_DIGITS = 5;
  private static final int NUMBER = 3;
  private static final int WINDOWS = 11;

  /** Hosts that are numbered. */
  private static final Set<String> NUMBERED =
      Set.of(
          "server", "web", "www", "db", "host", "node", "pc", "dc", "mail", "srv", "app", "proxy",
          "router", "printer", "nas", "ns", "client", "ws", "win", "gw", "mx", "cam", "vm", "lab",
          "dev", "test", "prod", "api", "backend", "worker", "edge", "sensor");

  private Hosts() {}

  /** [user[:password]@]host[:port] (RFC 3986 section 3.2). */
  static String authority(String text) {
    int at = text.lastIndexOf('@');
    StringBuilder masked = new StringBuilder(text.length());
    if (at >= 0) {
      masked.append(userInfo(text.substring(0, at))).append('@');
    }
    String rest = text.substring(at + 1);
    int colon = portOf(rest);
    masked.append(host(colon < 0 ? rest : rest.substring(0, colon)));
    if (colon >= 0) {
      String port = rest.substring(colon + 1);
      boolean shown = port.isEmpty() || Words.isNumber(port, PORT_DIGITS);
      masked.append(':').append(shown ? port : Masks.hidden(port));
    }
    return masked.toString();
  }

  /** Where the colon of the port stands; -1 when there is none. */
  private static int portOf(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.indexOf(':', bracket + 1);
    boolean bare = bracket < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0;
    return bare ? -1 : colon;
  }

  private static String userInfo(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return text.isEmpty() || Words.isPlain(text) ? text : Masks.hidden(text);
    }
    String password = text.substring(colon + 1);
    String user = text.substring(0, colon);
    boolean token = password.isEmpty() && !Words.isPlain(user);
    String shown = user.isEmpty() ? user : token ? Masks.hidden(user) : Users.mask(user);
    return shown + ":" + (password.isEmpty() ? "" : Masks.hidden(password));
  }

  static String host(String text) {
    if (text.isEmpty() || text.equals(".") || isAddress(text)) {
      return text;
    }
    if (text.length() > LONGEST || Tokens.isKnown(text)) {
      return Masks.hidden(text);
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return isSingle(name) ? text : Masks.hidden(text);
    }
    return isTopLevel(name.substring(dot + 1)) ? labels(text) : Masks.hidden(text);
  }

  private static boolean isAddress(String text) {
    String address =
        text.charAt(0) == '[' && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    int dots = 0;
    int colons = 0;
    int run = 0;
    boolean decimal = true;
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      dots += c == '.' ? 1 : 0;
      colons += c == ':' ? 1 : 0;
      run = c == '.' || c == ':' ? 0 : run + 1;
      decimal &= c == '.' || Words.isDigit(c);
      if (run > 4 || (c != '.' && c != ':' && Character.digit(c, 16) < 0)) {
        return false;
      }
    }
    return decimal
        ? dots == 3 && address.length() <= 15
        : colons >= 2 && colons <= 7 && address.length() <= ADDRESS_V6;
  }

  private static boolean isSingle(String name) {
    String stem = Words.stem(name);
    boolean numbered =
        name.length() - stem.length() <= NUMBER
            && NUMBERED.contains(stem.replace("-", "").toLowerCase(Locale.ROOT));
    return numbered || isWindows(name) || Phrase.isHarmless(name, "-_");
  }

  /** The names that Windows gives to computers. */
  private static boolean isWindows(String name) {
    int hyphen = name.indexOf('-');
    String kind = hyphen < 0 ? "" : name.substring(0, hyphen).toUpperCase(Locale.ROOT);
    return (kind.equals("DESKTOP") || kind.equals("LAPTOP") || kind.equals("WIN"))
        && Words.isMixed(name.substring(hyphen + 1), WINDOWS, WINDOWS)
        && Words.isOneCase(name);
  }

  private static boolean isTopLevel(String label) {
    if (label.startsWith("xn--")) {
      return label.length() <= LONG_LABEL;
    }
    return label.length() >= 2 && label.length() <= LONG_LABEL && Words.isPlain(label);
  }

  private static String labels(String name) {
    StringBuilder masked = new StringBuilder(name.length());
    int from = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '.') {
        String label = name.substring(from, i);
        masked.append(label.isEmpty() || isLabel(label) ? label : Masks.hidden(label));
        masked.append(i < name.length() ? "." : "");
        from = i + 1;
      }
    }
    return masked.toString();
  }

  private static boolean isLabel(String label) {
    if (label.equals("*")) {
      return true;
    }
    if (label.length() > LABEL || Tokens.isKnown(label) || !isLabelText(label)) {
      return false;
    }
    boolean cases =
        !label.equals(label.toLowerCase(Locale.ROOT))
            && !label.equals(label.toUpperCase(Locale.ROOT));
    if (label.length() < LONG_LABEL && !cases) {
      return true;
    }
    return Phrase.all(
        label, "-_", part -> Words.isPlain(part) || Words.isMixed(part, PART, CHANGES));
  }

  private static boolean isLabelText(String label) {
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }
}
