package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.detect.Severity;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may become of a rule's alarms about a conversation when bytes or packets of it are missing.
 *
 * <ul>
 *   <li>{@code http-on-https-port} stays while one packet is left that begins with a whole first
 *       line; on a proxy's port also the whole head of the CONNECT, which says where to. Its
 *       severity is not lower while all requests are left and their heads are whole. Higher it is
 *       only with an outcome that says that one side was not seen; no other outcome is new.
 *   <li>{@code unknown-on-https-port} comes only instead of an alarm that has gone.
 *   <li>What is inside something whose beginning is missing is seen for itself, and so is said what
 *       the TLS rules say about it.
 *   <li>{@code cleartext-credentials} is not lower, and of medium severity at most where the whole
 *       raises none: a login without its name may be that of a guest.
 *   <li>Others may be gone, and are not more severe. No rule is surer of the same outcome.
 * </ul>
 *
 * @param whole what of HTTP single packets tell
 * @param left what of it they still tell
 */
record AlarmsOfLess(HttpLines whole, HttpLines left) {
  private static final String HTTP = "http-on-https-port";
  private static final String UNKNOWN = "unknown-on-https-port";
  private static final String CREDENTIALS = "cleartext-credentials";
  private static final Pattern HTTPS_PORT = Pattern.compile(" (443|8443)( - |$)");
  private static final Set<String> NOT_SEEN = Set.of("request_only", "response_only", "midstream");

  /** True of a field of a rule. */
  static boolean isAbout(Change change) {
    return change.field().contains(".");
  }

  /** True when the whole conversation has gone, and may have. */
  boolean mayBeGone(Change change) {
    return !change.was().containsKey(HTTP + ".severity") || !isTold(change.about());
  }

  /** True when single packets that are left say that this is HTTP on an HTTPS port. */
  private boolean isTold(String ends) {
    return left.hasLine(ends) && (HTTPS_PORT.matcher(ends).find() || left.hasConnect(ends));
  }

  boolean allows(Change change) {
    String rule = change.field().substring(0, change.field().lastIndexOf('.'));
    if (change.after() == null) {
      return !rule.equals(HTTP) || !isTold(change.about());
    }
    if (change.before() == null) {
      return isMeantAnew(rule, change);
    }
    return switch (change.field().substring(rule.length() + 1)) {
      case "outcomes" -> isNoClaim(change);
      case "severity" -> isGraded(rule, change);
      default -> change.shrinks() || hasAnotherOutcome(rule, change);
    };
  }

  private static boolean hasAnotherOutcome(String rule, Change change) {
    String outcomes = rule + ".outcomes";
    return !Objects.equals(change.was().get(outcomes), change.is().get(outcomes));
  }

  private boolean isMeantAnew(String rule, Change change) {
    if (rule.equals(UNKNOWN)) {
      return change.was().keySet().stream()
          .anyMatch(field -> field.endsWith(".severity") && !change.is().containsKey(field));
    }
    if (rule.equals(CREDENTIALS)) {
      return severity(change.is(), rule) <= Severity.MEDIUM.number();
    }
    return rule.startsWith("tls-") && Inner.isTls(change);
  }

  private static boolean isNoClaim(Change change) {
    Set<String> before = Set.of(change.before().split(", "));
    return Arrays.stream(change.after().split(", "))
        .allMatch(outcome -> before.contains(outcome) || NOT_SEEN.contains(outcome));
  }

  private boolean isGraded(String rule, Change change) {
    boolean isLower = change.shrinks();
    return switch (rule) {
      case HTTP ->
          isLower
              ? !left.hasWholeRequests(change.about()) || isRequestMissing(change.about())
              : NOT_SEEN.stream().anyMatch(change.is().get(HTTP + ".outcomes")::contains);
      case CREDENTIALS -> !isLower;
      default -> isLower;
    };
  }

  private boolean isRequestMissing(String ends) {
    return left.requests(ends) < whole.requests(ends);
  }

  private static int severity(Map<String, String> known, String rule) {
    return Integer.parseInt(known.get(rule + ".severity"));
  }
}
