package dev.forensics.indexer.metamorphic;

import java.util.Set;

/** What is inside something whose beginning is missing is seen for itself: TLS is TLS. */
final class Inner {
  private static final Set<String> CARRYING_TLS =
      Set.of("http", "socks", "smtp", "imap", "pop3", "ftp", "rdp");

  private Inner() {}

  /** True when what is left is TLS, and the whole may carry it. */
  static boolean isTls(Change change) {
    return "tls".equals(change.is().get("protocols"))
        && CARRYING_TLS.contains(change.was().getOrDefault("protocols", "socks"));
  }

  /** True when this field of the whole is about what carried it. */
  static boolean isSeen(Change change) {
    return change.after().equals(change.was().get("carried"))
        || (change.field().equals("protocols") && "socks".equals(change.before()))
        || (change.field().equals("applications") && change.was().containsKey("carried"))
        || (change.after().equals("tls")
            && (change.before() == null || CARRYING_TLS.contains(change.before())));
  }
}
