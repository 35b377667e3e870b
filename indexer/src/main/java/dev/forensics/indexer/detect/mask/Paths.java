package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Paths: words, small numbers and usual file names stay; a segment of any other kind is its length.
 * What follows a segment that announces a secret ("reset", "token") is shown only when it is one of
 * few words.
 */
final class Paths {
  private static final String SEPARATORS = "-_.~+,! @()";

  /** Segments before a secret. */
  private static final Set<String> ANNOUNCING =
      Set.of(
          "token",
          "tokens",
          "reset",
          "password",
          "passwd",
          "passwort",
          "pwd",
          "pass",
          "pw",
          "key",
          "keys",
          "apikey",
          "api_key",
          "api-key",
          "secret",
          "secrets",
          "otp",
          "pin",
          "code",
          "verify",
          "confirm",
          "activate",
          "invite",
          "magic",
          "sid",
          "jwt",
          "bearer",
          "hash",
          "signature",
          "sig",
          "webhook",
          "webhooks",
          "access_token",
          "auth_token",
          "session_id");

  /** Segments that announce a secret and none: they stand in that place without being one. */
  private static final Set<String> HARMLESS =
      Set.of(
          "login",
          "logout",
          "reset",
          "new",
          "edit",
          "list",
          "verify",
          "confirm",
          "refresh",
          "token",
          "tokens",
          "password",
          "index",
          "form",
          "request",
          "done",
          "complete",
          "success",
          "change",
          "forgot",
          "set",
          "update",
          "check",
          "create",
          "delete",
          "validate",
          "revoke",
          "introspect",
          "email",
          "user",
          "users",
          "code",
          "key",
          "keys",
          "secrets",
          "hash");

  private static final Set<String> EXTENSIONS =
      Set.of(
          "html", "htm", "php", "asp", "aspx", "ashx", "jsp", "do", "cgi", "pl", "py", "js", "mjs",
          "css", "json", "xml", "txt", "csv", "png", "jpg", "jpeg", "gif", "ico", "svg", "webp",
          "woff", "woff2", "ttf", "eot", "mp3", "mp4", "ts", "m4s", "m3u8", "mpd", "pdf", "zip",
          "gz", "tgz", "tar", "7z", "rar", "exe", "dll", "msi", "cab", "bin", "dat", "doc", "docx",
          "xls", "xlsx", "ppt", "pptx", "map", "wasm", "apk", "jar", "sh", "ps1", "bat", "iso",
          "log", "sql", "bak", "conf", "ini", "yml", "yaml", "rss", "atom", "action", "crl", "crt",
          "cer", "p7c", "der", "pem", "deb", "rpm", "pcap", "pcapng");

  private static final int STEM_DIGITS = 4;
  private static final int BOT = 3;

  /** Telegram's path: the digits behind it are random and identify nothing. */
  private static final String TELEGRAM = "/api";

  private static final int TELEGRAM_DIGITS = 8;

  private Paths() {}

  static String mask(String path) {
    if (isTelegram(path)) {
      return path;
    }
    StringBuilder masked = new StringBuilder(path.length());
    String before = "";
    int from = 0;
    for (int i = 0; i <= path.length(); i++) {
      boolean end = i == path.length();
      if (end || path.charAt(i) == '/' || path.charAt(i) == '\\') {
        String segment = path.substring(from, i);
        segment(segment, before, masked);
        if (!end) {
          masked.append(path.charAt(i));
        }
        before = segment.isEmpty() ? before : segment.toLowerCase(Locale.ROOT);
        from = i + 1;
      }
    }
    return masked.toString();
  }

  private static boolean isTelegram(String path) {
    int digits = path.length() - TELEGRAM.length();
    boolean shown = path.startsWith(TELEGRAM) && digits <= TELEGRAM_DIGITS;
    for (int i = TELEGRAM.length(); shown && i < path.length(); i++) {
      shown = "0123456789abcdef".indexOf(path.charAt(i)) >= 0;
    }
    return shown;
  }

  /** A segment with its parameters (RFC 3986 section 3.3), such as ;jsessionid=... */
  private static void segment(String segment, String before, StringBuilder masked) {
    int semicolon = segment.indexOf(';');
    String name = semicolon < 0 ? segment : segment.substring(0, semicolon);
    int equal = name.indexOf('=');
    if (equal >= 0) {
      masked.append(Queries.mask(name));
    } else {
      masked.append(shown(name, before));
    }
    if (semicolon >= 0) {
      masked.append(';').append(Queries.mask(segment.substring(semicolon + 1)));
    }
  }

  private static String shown(String segment, String before) {
    if (segment.isEmpty()) {
      return segment;
    }
    String plain = Percent.decode(segment);
    if (plain == null || Tokens.isKnown(plain)) {
      return Masks.hidden(segment);
    }
    boolean announced = ANNOUNCING.contains(before);
    boolean harmless =
        announced
            ? HARMLESS.contains(plain.toLowerCase(Locale.ROOT)) || isVersion(plain)
            : Phrase.isHarmless(plain, SEPARATORS) || isDots(plain);
    if (harmless) {
      return segment;
    }
    String file = announced ? null : file(segment, plain);
    return file != null ? file : bot(segment);
  }

  private static boolean isVersion(String text) {
    return text.length() <= BOT && text.charAt(0) == 'v' && Words.isHarmless(text);
  }

  private static boolean isDots(String text) {
    return text.equals(".") || text.equals("..") || text.equals("*");
  }

  /** A file with a known extension: its stem may be a word with digits; null when it is none. */
  private static String file(String segment, String plain) {
    int dot = plain.lastIndexOf('.');
    if (dot <= 0 || !EXTENSIONS.contains(plain.substring(dot + 1).toLowerCase(Locale.ROOT))) {
      return null;
    }
    String stem = plain.substring(0, dot);
    if (stem.length() <= Phrase.LONGEST && Phrase.all(stem, SEPARATORS, Paths::isStem)) {
      return segment;
    }
    return "<" + (segment.length() - (plain.length() - dot)) + ">" + plain.substring(dot);
  }

  private static boolean isStem(String part) {
    String word = Words.stem(part);
    return Words.isHarmless(part)
        || (!word.isEmpty() && part.length() - word.length() <= STEM_DIGITS && Words.isPlain(word));
  }

  /** The path of a bot (/bot123:AAF...) keeps its first word. */
  private static String bot(String segment) {
    boolean bot = segment.length() > BOT && segment.startsWith("bot") && segment.indexOf(':') > BOT;
    return bot ? "bot<" + (segment.length() - BOT) + ">" : Masks.hidden(segment);
  }
}
