package dev.forensics.indexer.detect.mask;

/**
 * User names of logins: kept, since an investigation asks for them. Masked is what no user is
 * called: a token, drawn letters, signs that names do not have.
 */
final class Users {
  private static final int LONGEST = 64;
  private static final int PART = 20;
  private static final int FREE = 7;
  private static final int CHANGES = 2;
  private static final int DIGITS = 12;

  private Users() {}

  static String mask(String user) {
    int at = user.lastIndexOf('@');
    if (at > 0 && at + 1 < user.length()) {
      String host = Hosts.host(user.substring(at + 1));
      boolean isHost = host.length() == user.length() - at - 1;
      return isHost ? mask(user.substring(0, at)) + "@" + host : Masks.hidden(user);
    }
    int domain = user.indexOf('\\');
    if (domain > 0 && domain + 1 < user.length()) {
      return mask(user.substring(0, domain)) + "\\" + mask(user.substring(domain + 1));
    }
    String name =
        user.endsWith("$") && user.length() > 1 ? user.substring(0, user.length() - 1) : user;
    return Masks.isMask(user) || isName(name) ? user : Masks.hidden(user);
  }

  private static boolean isName(String name) {
    return name.length() <= LONGEST
        && !Tokens.isKnown(name)
        && Words.digits(name) <= DIGITS
        && Phrase.all(name, "._-+ ", Users::isPart);
  }

  /** A word, digits around it or not; short ones need be no word. */
  private static boolean isPart(String part) {
    if (!Words.isMixed(part, PART, CHANGES)) {
      return false;
    }
    String letters = part.replaceAll("[0-9]+", "");
    boolean oneCase = Words.isOneCase(letters);
    return letters.isEmpty()
        || (oneCase && letters.length() <= FREE)
        || (Words.isPlain(letters) && (oneCase || Words.isMixed(part, PART, 1)));
  }
}
