package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Tells words that people write from tokens that machines draw. A word is of letters; its parts
 * (camelCase) hold vowels, no long rows of consonants, and only pairs of letters that occur in
 * words. Of random letters, ten in a row pass with odds below 1 in 1,000.
 */
final class Words {
  /** Longest part of a word. */
  private static final int LONGEST = 20;

  /** Letters of an abbreviation in capitals that needs no vowel. */
  private static final int ABBREVIATION = 5;

  /** Letters that are a word in any order: nobody can call three letters a secret. */
  private static final int SHORT = 3;

  private static final int CONSONANTS = 4;
  private static final int VOWELS = 3;

  /** Digits of a number that says nothing: a year, a page, a small id. */
  static final int NUMBER = 4;

  /** By letter from a to z: the letters that follow it in words. */
  private static final String[] FOLLOWERS = {
    "abcdefghijklmnopqrstuvwxyz",
    "abcdeijlmorstuvy",
    "acdehiklmnoqrstuy",
    "abcdefghijlmnoprstuvwyk",
    "abcdefghijklmnopqrstuvwxyz",
    "aefilorstuy",
    "abeghilmnorstuyd",
    "abeilmnorstuwyp",
    "abcdefghijklmnopqrstuvwxz",
    "aeioupsq",
    "abdefhiklmnorstuwy",
    "abcdefghiklmnoprstuvwyz",
    "abcdefilmnoprstuy",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefghijklmnopqrstuvwxyz",
    "acdefghiklmnoprstuwy",
    "ul",
    "abcdefghiklmnopqrstuvwy",
    "abcdefghiklmnopqrstuvwy",
    "abcdefghiklmnoprstuvwxyz",
    "abcdefghiklmnopqrstvwxyz",
    "aeilorsuyp",
    "abcdefghiklmnoprstuwy",
    "abcefhilmopstuxy",
    "abcdefghiklmnoprstuvwxz",
    "abehiklotuyz"
  };

  private static final boolean[] PAIRS = pairs();

  /** Words of the field that do not look like words. */
  private static final Set<String> KNOWN =
      Set.of(
          "http",
          "https",
          "html",
          "xhtml",
          "dhtml",
          "mqtt",
          "sftp",
          "smtp",
          "imap4rev1",
          "pop3",
          "imap4",
          "starttls",
          "stls",
          "libwww",
          "www",
          "okhttp",
          "fasthttp",
          "nghttp",
          "fbclid",
          "gclid",
          "msclkid",
          "csrfmiddlewaretoken",
          "phpmyadmin",
          "wsdl",
          "xmlrpc",
          "jsonrpc",
          "mjpg",
          "mjpeg",
          "zgrab",
          "jquery",
          "rsync",
          "ntlmssp",
          "ntlm",
          "kdbx",
          "mtproto",
          "oauth2",
          "oauth1",
          "http2",
          "http3",
          "ipv4",
          "ipv6",
          "md5",
          "sha1",
          "sha256",
          "sha384",
          "sha512",
          "base64",
          "utf8",
          "utf16",
          "mp3",
          "mp4",
          "h264",
          "x86",
          "x64",
          "win32",
          "win64",
          "amd64",
          "arm64",
          "s3",
          "ec2",
          "i18n",
          "l10n",
          "k8s",
          "log4j",
          "p2p",
          "b2b",
          "h2",
          "h2c",
          "h3",
          "es6",
          "html5",
          "css3",
          "latin1",
          "2fa",
          "saml2",
          "m3u8",
          "bz2",
          "iso88591",
          "x509",
          "rfc822",
          "7z",
          "srflx",
          "scp",
          "aspx",
          "ashx",
          "xlsx",
          "docx",
          "pptx",
          "woff2",
          "tls1",
          "ssl3",
          "ssl2",
          "nginx",
          "x264",
          "x265",
          "vsftpd");

  private Words() {}

  private static boolean[] pairs() {
    boolean[] pairs = new boolean[26 * 26];
    for (int first = 0; first < 26; first++) {
      for (char next : FOLLOWERS[first].toCharArray()) {
        pairs[first * 26 + next - 'a'] = true;
      }
    }
    return pairs;
  }

  /** True for words of the field that hold digits or no vowels. */
  static boolean isKnown(String text) {
    return KNOWN.contains(text.toLowerCase(Locale.ROOT));
  }

  /** True when the text is words alone, in camelCase or not, and no digit. */
  static boolean isPlain(String text) {
    if (text.isEmpty() || !isLetters(text)) {
      return false;
    }
    if (isKnown(text)) {
      return true;
    }
    int parts = 0;
    int abbreviations = 0;
    int from = 0;
    while (from < text.length()) {
      int to = endOfPart(text, from);
      if (!isPart(text, from, to)) {
        return false;
      }
      parts++;
      abbreviations += to - from < SHORT || Character.isUpperCase(text.charAt(to - 1)) ? 1 : 0;
      from = to;
    }
    boolean isLong = text.length() >= (SHORT + 1) * parts && abbreviations < 3;
    return parts < 3 || isLong || (text.length() >= SHORT * parts && abbreviations < 2);
  }

  private static boolean isLetters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Where the part of a camelCase word that begins here ends. */
  private static int endOfPart(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isUpperCase(text.charAt(at))) {
      at++;
    }
    boolean abbreviation = at - from > 1;
    if (abbreviation && at < text.length()) {
      return at - 1; // HTMLParser: the last capital begins the next word
    }
    while (at < text.length() && !Character.isUpperCase(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isPart(String text, int from, int to) {
    int length = to - from;
    boolean alone = length == text.length();
    boolean capitals = Character.isUpperCase(text.charAt(to - 1));
    if (length < SHORT || (alone && length == SHORT) || (capitals && length <= ABBREVIATION)) {
      return true;
    }
    return length <= LONGEST && (isKnown(text.substring(from, to)) || isPronounced(text, from, to));
  }

  private static boolean isPronounced(String text, int from, int to) {
    int consonants = 0;
    int vowels = 0;
    int allVowels = 0;
    int before = -1;
    for (int i = from; i < to; i++) {
      int letter = Character.toLowerCase(text.charAt(i)) - 'a';
      boolean latin = letter >= 0 && letter < 26;
      boolean vowel = !latin || "aeiouy".indexOf(letter + 'a') >= 0;
      consonants = vowel ? 0 : consonants + 1;
      vowels = vowel && latin ? vowels + 1 : 0;
      allVowels += vowel ? 1 : 0;
      boolean pair = !latin || before < 0 || PAIRS[before * 26 + letter];
      if (!pair || consonants > CONSONANTS || vowels > VOWELS) {
        return false;
      }
      before = latin ? letter : -1;
    }
    return allVowels > 0;
  }

  /** True for a number of few digits. */
  static boolean isNumber(String text, int mostDigits) {
    return !text.isEmpty() && text.length() <= mostDigits && digits(text) == text.length();
  }

  /** How many ASCII digits a text holds. */
  static int digits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += isDigit(text.charAt(i)) ? 1 : 0;
    }
    return digits;
  }

  /** True for letters and digits that change at most so many times from one to the other. */
  static boolean isMixed(String text, int mostLength, int mostChanges) {
    if (text.isEmpty() || text.length() > mostLength) {
      return false;
    }
    int changes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !Character.isLetter(c)) {
        return false;
      }
      changes += i > 0 && isDigit(c) != isDigit(text.charAt(i - 1)) ? 1 : 0;
    }
    return changes <= mostChanges;
  }

  /** True when the letters of a text are all small ones or all capitals. */
  static boolean isOneCase(String text) {
    return text.equals(text.toLowerCase(Locale.ROOT)) || text.equals(text.toUpperCase(Locale.ROOT));
  }

  /** The text without the digits at its end. */
  static String stem(String text) {
    int end = text.length();
    while (end > 0 && isDigit(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** A word, a known one, a version such as v2, or a number of few digits. */
  static boolean isHarmless(String part) {
    return isPlain(part)
        || isNumber(part, NUMBER)
        || isKnown(part)
        || (part.length() <= 3 && part.charAt(0) == 'v' && isNumber(part.substring(1), 2));
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
