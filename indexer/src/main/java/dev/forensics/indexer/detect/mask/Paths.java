package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Paths, and names of files: words, small numbers and usual file names stay; a segment of any other
 * kind is its length. What follows a segment that announces a secret is shown only when it is of a
 * closed list ({@link Announcements}).
 */
final class Paths {
  private static final String SEPARATORS = "-_.~+,! @()";

  private static final Set<String> EXTENSIONS =
      Set.of(
          "html", "htm", "php", "asp", "aspx", "ashx", "jsp", "do", "cgi", "pl", "py", "js", "mjs",
          "css", "json", "xml", "txt", "csv", "png", "jpg", "jpeg", "gif", "ico", "svg", "webp",
          "woff", "woff2", "ttf", "eot", "mp3", "mp4", "ts", "m4s", "m3u8", "mpd", "pdf", "zip",
          "gz", "tgz", "tar", "7z", "rar", "exe", "dll", "msi", "cab", "bin", "dat", "doc", "docx",
          "xls", "xlsx", "ppt", "pptx", "map", "wasm", "apk", "jar", "sh", "ps1", "bat", "iso",
          "log", "sql", "bak", "conf", "ini", "yml", "yaml", "rss", "atom", "action", "crl", "crt",
          "cer", "p7c", "der", "pem", "deb", "rpm", "pcap", "pcapng");

  /** Words of paths and files that have a number behind them. */
  private static final Set<String> NUMBERED =
      WordList.of(
          """
          img image images photo photos pic picture pictures dsc dscn screenshot thumb thumbs
          thumbnail icon icons banner logo slide page pages part chapter section segment seg chunk
          frame track audio video clip scene file files doc docs document report reports invoice
          scan data sample test tests example demo item items product products article articles
          news blog post posts topic thread forum user users order orders release build update
          version backup dump log logs archive index main app bundle vendor style styles script
          scripts jquery bootstrap font fonts map tile level layer node server cluster shard team
          group room channel stream live camera cam sensor device unit zone area region year month
          week day issue ticket pull commit page1 feed list table form step lesson module
          """);

  private static final int STEM_DIGITS = 4;
  private static final int BOT = 3;
  private static final int VERSION = 3;

  /** Telegram's path: the digits behind it are random and identify nothing. */
  private static final String TELEGRAM = "/api";

  private static final int TELEGRAM_DIGITS = 8;

  private Paths() {}

  static String mask(String path) {
    if (isTelegram(path)) {
      return path;
    }
    StringBuilder masked = new StringBuilder(path.length());
    boolean announced = false;
    int from = 0;
    for (int i = 0; i <= path.length(); i++) {
      boolean end = i == path.length();
      if (end || path.charAt(i) == '/' || path.charAt(i) == '\\') {
        String segment = path.substring(from, i);
        announced |= Announcements.announces(name(segment));
        segment(segment, announced, masked);
        if (!end) {
          masked.append(path.charAt(i));
        }
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
  private static void segment(String segment, boolean announced, StringBuilder masked) {
    String name = name(segment);
    int equal = name.indexOf('=');
    if (equal >= 0) {
      masked.append(Queries.mask(name));
    } else {
      masked.append(shown(name, announced));
    }
    if (name.length() < segment.length()) {
      masked.append(';').append(Queries.mask(segment.substring(name.length() + 1)));
    }
  }

  /** A segment without its parameters: they hold their secrets themselves. */
  private static String name(String segment) {
    int semicolon = segment.indexOf(';');
    return semicolon < 0 ? segment : segment.substring(0, semicolon);
  }

  private static String shown(String segment, boolean announced) {
    if (segment.isEmpty()) {
      return segment;
    }
    String plain = Percent.decode(segment);
    if (plain == null || Tokens.isKnown(plain)) {
      return Masks.hidden(segment);
    }
    if (announced) {
      return isListed(plain) ? segment : bot(segment);
    }
    int dot = plain.lastIndexOf('.');
    boolean isFile = dot > 0 && isExtension(plain.substring(dot + 1));
    if (isDots(plain)) {
      return segment;
    }
    if (Phrase.isWordAndNumber(
        isFile ? plain.substring(0, dot) : plain, SEPARATORS, Paths::isNumbered)) {
      return isFile ? hiddenFile(segment, plain, dot) : bot(segment);
    }
    if (Phrase.isHarmless(plain, SEPARATORS)) {
      return segment;
    }
    String file = file(segment, plain);
    return file != null ? file : bot(segment);
  }

  /** Words of the closed list, with the extension of a file or without, or a version. */
  private static boolean isListed(String plain) {
    int dot = plain.lastIndexOf('.');
    boolean file = dot > 0 && isExtension(plain.substring(dot + 1));
    return isVersion(plain)
        || isDots(plain)
        || Announcements.isHarmless(file ? plain.substring(0, dot) : plain);
  }

  private static boolean isVersion(String text) {
    return text.length() <= VERSION && text.charAt(0) == 'v' && Words.isHarmless(text);
  }

  private static boolean isExtension(String text) {
    return EXTENSIONS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isDots(String text) {
    return text.equals(".") || text.equals("..") || text.equals("*");
  }

  /** A file with a known extension: its stem may be a word with digits; null when it is none. */
  private static String file(String segment, String plain) {
    int dot = plain.lastIndexOf('.');
    if (dot <= 0 || !isExtension(plain.substring(dot + 1))) {
      return null;
    }
    String stem = plain.substring(0, dot);
    if (stem.length() <= Phrase.LONGEST
        && !Phrase.isSpelled(stem, SEPARATORS)
        && Phrase.all(stem, SEPARATORS, Paths::isStem)) {
      return segment;
    }
    return hiddenFile(segment, plain, dot);
  }

  private static String hiddenFile(String segment, String plain, int dot) {
    return "<" + (segment.length() - (plain.length() - dot)) + ">" + plain.substring(dot);
  }

  private static boolean isNumbered(String word) {
    return NUMBERED.contains(word) || Words.isKnown(word);
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
