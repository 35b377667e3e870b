package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.flow.Flow;
import java.util.List;
import java.util.Locale;

/** A password was sent in the clear. The verdict names the user and the scheme, nothing else. */
public final class CleartextCredentials implements DetectionRule {
  private static final int CONFIDENCE = 98;

  private static final RuleInfo INFO =
      new RuleInfo(
          "cleartext-credentials",
          "Credentials sent in the clear",
          "1",
          "exposure",
          Severity.HIGH,
          "A user name and a password travelled without encryption: HTTP Basic, FTP, POP3, IMAP,"
              + " SMTP AUTH, Telnet, SOCKS or MQTT. The password is neither stored nor shown.",
          "Whoever can read the traffic has the account, and every other one with that password.",
          "https://cwe.mitre.org/data/definitions/319.html",
          List.of("T1040", "T1552"),
          List.of(
              "anonymous FTP, which is left out by the names anonymous and ftp",
              "appliances and printers on an internal network that know nothing better",
              "a honeypot, or attempts of a scanner (the reason says whether they were accepted)"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Class<?>> needs() {
    return List.of(CleartextLogins.class);
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    CleartextLogins logins = facts.get(CleartextLogins.class);
    CleartextLogin exposed = logins == null ? null : worst(logins);
    if (exposed == null) {
      return null;
    }
    if (!Boolean.TRUE.equals(exposed.accepted()) && !Quality.last(occasion)) {
      return Verdict.LATER; // the next attempt may be accepted
    }
    return verdict(flow, exposed, logins, timestampNanos);
  }

  /** An accepted login before one that waits, that before a refused one; null when none counts. */
  private static CleartextLogin worst(CleartextLogins logins) {
    CleartextLogin worst = null;
    for (CleartextLogin login : logins.logins()) {
      boolean counts = login.passwordExposed() && !isAnonymous(login.user());
      if (counts && (worst == null || weight(login) > weight(worst))) {
        worst = login;
      }
    }
    return worst;
  }

  private static int weight(CleartextLogin login) {
    if (login.accepted() == null) {
      return 1;
    }
    return login.accepted() ? 2 : 0;
  }

  private static boolean isAnonymous(String user) {
    return "anonymous".equalsIgnoreCase(user) || "ftp".equalsIgnoreCase(user);
  }

  private static Verdict verdict(
      Flow flow, CleartextLogin login, CleartextLogins all, long timestampNanos) {
    boolean refused = Boolean.FALSE.equals(login.accepted());
    boolean mayBeAnonymous = login.user() == null && flow.midstream;
    Severity severity = refused || mayBeAnonymous ? Severity.MEDIUM : Severity.HIGH;
    int confidence = Quality.confidence(CONFIDENCE, flow);
    return Quality.verdict(INFO, severity, confidence, reason(flow, login, all), timestampNanos);
  }

  private static String reason(Flow flow, CleartextLogin login, CleartextLogins all) {
    String user = login.user() == null ? "" : " of user " + all.shownUser(login);
    String more = all.count > 1 ? "; " + all.count + " logins in all" : "";
    return String.format(
        Locale.ROOT,
        "%s login%s with password sent in the clear (%s) to port %d; %s%s.",
        login.protocol().toUpperCase(Locale.ROOT),
        user,
        login.scheme(),
        Endpoints.serverPort(flow),
        answer(flow, login),
        more);
  }

  private static String answer(Flow flow, CleartextLogin login) {
    if (login.accepted() != null) {
      return login.accepted() ? "the server accepted it" : "the server refused it";
    }
    return Quality.isNotCaptured(flow, flow.opener.reverse())
        ? "the answer to it was not captured"
        : "no answer to it was seen";
  }
}
