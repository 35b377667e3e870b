package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Free text: greetings, User-Agent, names of software. Cut into pieces by blanks and brackets;
 * words, versions and small numbers are shown, every other piece is masked by itself; also a word
 * with a number that is no product's. What stands behind an equals sign or a colon is a value and
 * shown only when it is a version.
 */
final class FreeText {
  private static final String BREAKS = " \t()[]{},;\"'<>|*";
  private static final String SEPARATORS = "-_.+~!?&";
  private static final int MIXED = 6;
  private static final int SOFTWARE_MIXED = 12;
  private static final int CHANGES = 2;
  private static final int VERSION_DIGITS = 8;
  private static final int MOST_DIGITS = 16;
  private static final int MODEL_DIGITS = 3;
  private static final int MOST_MIXED = 2;
  private static final int DOTTED_DIGITS = 12;
  private static final int REPLY = 3;

  /** Letters of a mark that no list needs to know: x86, SM, RQ3A, CPH2239. */
  private static final int SMALL = 2;

  private static final int CAPITALS = 3;

  /** Words that versions and products have a number behind, or around. */
  private static final Set<String> MARKS =
      WordList.of(
          """
          ubuntu deb bpo rc beta alpha hpn build esr dev fc el win windows mac macos ios ipados tvos
          watchos linux android arm amd intel rev svn git patch pre post final release stable iphone
          ipad ipod imac macbook macbookpro macbookair macmini watch appletv pixel nexus galaxy
          redmi note xperia moto oneplus poco honor lumia xbox playstation switch python php perl
          ruby java node openssl apache tomcat jetty lib libssh libcurl mod jdk jre gtk qt webkit
          gecko trident msie edge chrome firefox opera safari presto winnt libev jquery bootstrap
          oauth saml ipv mqtt imap pop smtp http tls ssl sha level rc3 api sdk ndk cpu gpu bit
          kernel gcc clang msvc vs net clr framework server db mysql mariadb postgres redis exchange
          office outlook word excel sun solaris freebsd openbsd netbsd debian centos rhel fedora
          libwww smtpd httpd sshd ftpd lighttpd iis wget curl requests client
          alpine suse sles cisco junos fortios routeros ros dropbear openssh paramiko putty pkix
          """);

  private FreeText() {}

  static String mask(String text, boolean software) {
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      if (end || BREAKS.indexOf(text.charAt(i)) >= 0) {
        if (i > from) {
          piece(text.substring(from, i), software, masked);
        }
        masked.append(end ? "" : String.valueOf(text.charAt(i)));
        from = i + 1;
      }
    }
    return masked.toString();
  }

  private static void piece(String piece, boolean software, StringBuilder masked) {
    int url = piece.indexOf("://");
    int value = firstOf(piece, "=:");
    if (url > 0) {
      int start = piece.charAt(0) == '+' ? 1 : 0;
      masked.append(start == 1 ? "+" : "").append(Urls.target(piece.substring(start)));
    } else if (piece.indexOf('@') >= 0) {
      masked.append(Users.mask(piece));
    } else if (value >= 0) {
      value(piece, value, masked);
    } else {
      masked.append(isHarmless(piece, software) ? piece : Masks.hidden(piece));
    }
  }

  private static int firstOf(String text, String signs) {
    for (int i = 0; i < text.length(); i++) {
      if (signs.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static void value(String piece, int sign, StringBuilder masked) {
    String name = piece.substring(0, sign);
    String value = piece.substring(sign + 1);
    boolean named = name.isEmpty() || Names.isName(name);
    boolean shown =
        value.isEmpty()
            || ("rv".equals(name) && Phrase.all(value, ".", part -> Words.isNumber(part, 4)));
    masked.append(named ? name : Masks.hidden(name)).append(piece.charAt(sign));
    masked.append(shown ? value : Masks.hidden(value));
  }

  /** Numbers with dots between them, such as 2.0.50727. */
  private static boolean isDotted(String piece) {
    return piece.indexOf('.') > 0
        && Words.digits(piece) <= DOTTED_DIGITS
        && Phrase.all(piece, ".", part -> Words.isNumber(part, VERSION_DIGITS));
  }

  /** A product with its version (RFC 9110 section 10.1.5), or words. */
  private static boolean isHarmless(String piece, boolean software) {
    if (piece.length() > Phrase.LONGEST
        || Tokens.isKnown(piece)
        || Words.digits(piece) > MOST_DIGITS) {
      return false;
    }
    int slash = piece.indexOf('/');
    String product = slash < 0 ? piece : piece.substring(0, slash);
    String version = slash < 0 ? "" : piece.substring(slash + 1);
    if (isDotted(piece)) {
      return true;
    }
    int[] mixed = {MOST_MIXED};
    if (isPassword(product) || isPassword(version)) {
      return false;
    }
    boolean isProduct =
        product.isEmpty()
            || isSigns(product)
            || (!Phrase.isSpelled(product, SEPARATORS)
                && Phrase.all(product, SEPARATORS, part -> isWord(part, software, mixed)));
    return isProduct
        && (version.isEmpty()
            || Phrase.all(version, SEPARATORS + "/", part -> isVersion(part, mixed)));
  }

  /** A reply's code may stand before the first word: 220-FileZilla. */
  private static boolean isPassword(String text) {
    boolean isReply = text.length() > REPLY && text.charAt(REPLY) == '-';
    String words =
        isReply && Words.isNumber(text.substring(0, REPLY), REPLY) ? text.substring(REPLY) : text;
    return Phrase.isWordAndNumber(
        words, SEPARATORS, word -> MARKS.contains(word) || Words.isKnown(word));
  }

  private static boolean isSigns(String text) {
    return text.chars().allMatch(c -> SEPARATORS.indexOf(c) >= 0 || c == '#' || c == '$');
  }

  private static boolean isWord(String part, boolean software, int[] mixed) {
    return Words.isHarmless(part)
        || isModel(part, mixed)
        || (Words.digits(part) <= Words.NUMBER
            && isMixed(part, software ? SOFTWARE_MIXED : MIXED, mixed));
  }

  /**
   * Letters of one case and digits, such as x86 or 3ubuntu0: the letters are few or of the list,
   * since word and number together are what people think passwords up of. Few such parts are in one
   * piece, or they make a token.
   */
  private static boolean isMixed(String part, int length, int[] left) {
    return Words.digits(part) > 0
        && Words.isOneCase(part)
        && Words.isMixed(part, length, CHANGES)
        && Phrase.all(part, "0123456789", FreeText::isMark)
        && --left[0] >= 0;
  }

  private static boolean isMark(String letters) {
    boolean capitals = letters.equals(letters.toUpperCase(Locale.ROOT));
    return letters.length() <= (capitals ? CAPITALS : SMALL)
        || MARKS.contains(letters.toLowerCase(Locale.ROOT));
  }

  /** Products are written with a capital: iPhone14, Windows10. */
  private static boolean isModel(String part, int[] left) {
    String stem = Words.stem(part);
    return !stem.isEmpty()
        && part.length() - stem.length() <= MODEL_DIGITS
        && (MARKS.contains(stem.toLowerCase(Locale.ROOT)) || isMark(stem))
        && --left[0] >= 0;
  }

  private static boolean isVersion(String part, int[] mixed) {
    return Words.isHarmless(part)
        || Words.isNumber(part, VERSION_DIGITS)
        || isModel(part, mixed)
        || isMixed(part, MIXED, mixed);
  }
}
