package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;

/**
 * Logins by HTTP Basic on one connection. A client repeats its credentials with each request, so
 * the same ones again are the same login; they are told apart by a hash, nothing else is kept.
 */
final class HttpLogins {
  private static final String BASIC = "basic";

  private boolean sent;
  private int latest;
  private boolean answered;
  private boolean refused;

  /**
   * Takes scheme and user of a field's value (or null) into the facts: Basic before others, and who
   * tries after a refusal instead of who was refused.
   */
  void credentials(String field, HttpFacts facts) {
    String scheme = field == null ? null : Credentials.scheme(field);
    boolean worse = BASIC.equals(scheme) && (refused || !BASIC.equals(facts.authorizationScheme));
    if (scheme != null && (facts.authorizationScheme == null || worse)) {
      facts.authorizationScheme = scheme;
      facts.authorizationUser = Credentials.user(field);
    }
  }

  /** Counts the login of a request; true when the request carries a password. */
  boolean sent(String field, FlowFacts facts) {
    if (field == null || !BASIC.equals(Credentials.scheme(field))) {
      return false;
    }
    if (!sent || latest != field.hashCode()) {
      sent = true;
      latest = field.hashCode();
      answered = false;
      refused = false;
      CleartextLogins.sent(facts, "http", "Basic", Credentials.user(field), true);
    }
    return true;
  }

  /** The final answer to a request that carried a password. */
  void answered(int status, FlowFacts facts) {
    if (!answered) {
      answered = true;
      refused = status == 401 || status == 407 || status == 403;
      CleartextLogins.answered(facts, !refused);
    }
  }

  /** The facts of a new segment do not know what was sent before. */
  void nextSegment() {
    sent = false;
  }
}
