package dev.forensics.indexer.detect.login;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The passwords of text: in commands and fields at the beginning of lines, in URLs, in forms. */
final class TextRedaction {
  private static final int NAME_LIMIT = 64;
  private static final int PORT_DIGITS = 5;

  /** What stands behind AUTH in SMTP, POP3 and FTP: of SASL and of RFC 4217. */
  private static final Set<String> MECHANISMS =
      Set.of(
          "plain",
          "login",
          "anonymous",
          "external",
          "cram-md5",
          "digest-md5",
          "ntlm",
          "gssapi",
          "gs2-krb5",
          "gss-spnego",
          "kerberos_v4",
          "kerberos_v5",
          "otp",
          "securid",
          "oauthbearer",
          "xoauth2",
          "tls",
          "tls-c",
          "tls-p",
          "ssl");

  /** By character: those of which a parameter's name may be. */
  private static final boolean[] OF_NAME = ofName();

  private TextRedaction() {}

  /** Blanks the arguments of commands and fields that carry a password. */
  static boolean commands(char[] chars) {
    boolean changed = false;
    int line = 0;
    while (line < chars.length) {
      int end = endOfLine(chars, line);
      changed |= command(chars, line, end);
      line = end + 1;
    }
    return changed;
  }

  private static boolean command(char[] chars, int line, int end) {
    if (startsWith(chars, line, "pass ")) {
      return Redaction.blank(chars, line + 5, end);
    }
    if (startsWith(chars, line, "auth ")) {
      return isMechanism(chars, line + 5)
          ? sasl(chars, line + 5)
          : Redaction.blank(chars, line + 5, end); // Redis: the password itself
    }
    if (startsWith(chars, line, "authinfo ")) { // NNTP (RFC 4643)
      return authinfo(chars, line + 9, end);
    }
    if (startsWith(chars, line, "authenticate ") || startsWith(chars, line, "oper ")) { // IRC
      return Redaction.blank(chars, endOfWord(chars, line) + 1, end);
    }
    if (startsWith(chars, line, "authorization:")) {
      return field(chars, line + 14, endOfField(chars, end));
    }
    if (startsWith(chars, line, "proxy-authorization:")) {
      return field(chars, line + 20, endOfField(chars, end));
    }
    int word = endOfWord(chars, line) + 1; // IMAP: the command stands behind a tag
    if (startsWith(chars, word, "login ")) {
      return Redaction.blank(chars, word + 6, chars.length);
    }
    return startsWith(chars, word, "authenticate ") && sasl(chars, word + 13);
  }

  private static boolean authinfo(char[] chars, int kind, int end) {
    if (startsWith(chars, kind, "pass ")) {
      return Redaction.blank(chars, kind + 5, end);
    }
    return startsWith(chars, kind, "sasl ") && sasl(chars, kind + 5);
  }

  private static boolean isMechanism(char[] chars, int from) {
    String word = new String(chars, from, endOfWord(chars, from) - from).toLowerCase(Locale.ROOT);
    return MECHANISMS.contains(word) || word.startsWith("scram-");
  }

  /** All that follows the mechanism is an answer of the exchange; AUTH TLS is none. */
  private static boolean sasl(char[] chars, int mechanism) {
    boolean tls = startsWith(chars, mechanism, "tls") || startsWith(chars, mechanism, "ssl");
    return !tls && Redaction.blank(chars, endOfWord(chars, mechanism), chars.length);
  }

  /** Lines that begin with a blank belong to the field before them (RFC 9112 section 5.2). */
  private static int endOfField(char[] chars, int endOfLine) {
    int end = endOfLine;
    int next = end + (startsWith(chars, end, "\r\n") ? 2 : 1);
    while (next < chars.length && isBlank(chars[next])) {
      end = endOfLine(chars, next);
      next = end + (startsWith(chars, end, "\r\n") ? 2 : 1);
    }
    return end;
  }

  /** The credentials behind the scheme; all of it where no scheme stands before them. */
  private static boolean field(char[] chars, int from, int end) {
    int scheme = skipBlanks(chars, from);
    int credentials = endOfWord(chars, scheme);
    boolean alone = credentials >= end || chars[credentials] != ' ';
    return Redaction.blank(chars, alone ? scheme : credentials + 1, end);
  }

  /** Blanks the password in scheme://user:password@host. */
  static boolean users(char[] chars) {
    boolean changed = false;
    for (int i = 0; i + 2 < chars.length; i++) {
      if (chars[i] == ':' && chars[i + 1] == '/' && chars[i + 2] == '/') {
        changed |= user(chars, i + 3);
      }
    }
    return changed;
  }

  private static boolean user(char[] chars, int from) {
    int colon = -1;
    int at = -1;
    int end = from;
    while (end < chars.length && isOfAuthority(chars[end])) {
      colon = colon < 0 && chars[end] == ':' ? end : colon;
      at = chars[end] == '@' ? end : at;
      end++;
    }
    boolean cut = end == chars.length && at < 0 && !isPort(chars, colon + 1, end);
    if (colon < 0 || !(cut || at > colon)) {
      return false;
    }
    return Redaction.blank(chars, colon + 1, cut ? end : at);
  }

  private static boolean isOfAuthority(char c) {
    return c > ' ' && "/?#\"<>".indexOf(c) < 0;
  }

  private static boolean isPort(char[] chars, int from, int to) {
    for (int i = from; i < to; i++) {
      if (chars[i] < '0' || chars[i] > '9') {
        return false;
      }
    }
    return to - from <= PORT_DIGITS;
  }

  /** Blanks the values of parameters of forms, queries, JSON, XML and multipart bodies. */
  static boolean parameters(char[] chars) {
    boolean changed = false;
    int i = 0;
    while (i < chars.length) {
      if (!isOfName(chars[i])) {
        i++;
        continue;
      }
      int name = i;
      while (i < chars.length && isOfName(chars[i])) {
        i++;
      }
      if (isPassword(chars, name, i)) {
        changed |= value(chars, i);
      }
    }
    return changed;
  }

  private static boolean isOfName(char c) {
    return c < OF_NAME.length && OF_NAME[c];
  }

  private static boolean[] ofName() {
    boolean[] ofName = new boolean[128];
    Arrays.fill(ofName, 'a', 'z' + 1, true);
    Arrays.fill(ofName, 'A', 'Z' + 1, true);
    Arrays.fill(ofName, '0', '9' + 1, true);
    for (char c : "_-.[]$".toCharArray()) {
      ofName[c] = true;
    }
    return ofName;
  }

  private static boolean isPassword(char[] chars, int from, int to) {
    if (to - from < 3 || to - from > NAME_LIMIT) {
      return false;
    }
    for (int i = from; i < to; i++) {
      // Asked of every word of a body: most have no such letter.
      if ((chars[i] == 'p' || chars[i] == 'P') && isPassword(chars, from, i, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPassword(char[] chars, int name, int at, int to) {
    return startsWith(chars, at, "passw")
        || startsWith(chars, at, "passphrase")
        || startsWith(chars, at, "pwd")
        || (at + "pass".length() == to
            && startsWith(chars, at, "pass")
            && (at == name || !Character.isLetter(chars[at - 1])));
  }

  private static boolean value(char[] chars, int afterName) {
    boolean quoted = afterName < chars.length && chars[afterName] == '"';
    int at = skipBlanks(chars, quoted ? afterName + 1 : afterName);
    int part = quoted ? bodyOfPart(chars, at) : -1;
    if (part >= 0) {
      return Redaction.blank(chars, part, endOfLine(chars, part));
    }
    if (at >= chars.length || (chars[at] != '=' && chars[at] != ':' && chars[at] != '>')) {
      return false;
    }
    int from = quoted ? skipWhite(chars, at + 1) : skipBlanks(chars, at + 1);
    boolean text = from < chars.length && chars[from] == '"';
    from += text ? 1 : 0;
    return Redaction.blank(chars, from, endOfValue(chars, from, text, chars[at] == '>'));
  }

  /** Where the body of a multipart's part begins whose name ends here; -1 when none does. */
  private static int bodyOfPart(char[] chars, int afterName) {
    int line = afterName;
    while (startsWith(chars, line, "\r\n")) {
      if (startsWith(chars, line + 2, "\r\n")) {
        return line + 4;
      }
      line = startsWith(chars, line + 2, "content-") ? endOfLine(chars, line + 2) : chars.length;
    }
    return -1;
  }

  private static int endOfValue(char[] chars, int from, boolean text, boolean element) {
    String ends = text ? "\"\r\n" : element ? "<\r\n" : "&;#,} \t\r\n\"";
    int end = from;
    while (end < chars.length && ends.indexOf(chars[end]) < 0) {
      end += text && chars[end] == '\\' ? 2 : 1;
    }
    return Math.min(end, chars.length);
  }

  private static int skipBlanks(char[] chars, int from) {
    int at = from;
    while (at < chars.length && isBlank(chars[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** As JSON has it: also past line ends. */
  private static int skipWhite(char[] chars, int from) {
    int at = from;
    while (at < chars.length && (isBlank(chars[at]) || chars[at] == '\r' || chars[at] == '\n')) {
      at++;
    }
    return at;
  }

  private static int endOfWord(char[] chars, int from) {
    int at = from;
    while (at < chars.length && chars[at] > ' ') {
      at++;
    }
    return at;
  }

  private static int endOfLine(char[] chars, int from) {
    int at = from;
    while (at < chars.length && chars[at] != '\n' && chars[at] != '\r') {
      at++;
    }
    return at;
  }

  private static boolean startsWith(char[] chars, int at, String lowerCase) {
    if (at + lowerCase.length() > chars.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      char c = chars[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
