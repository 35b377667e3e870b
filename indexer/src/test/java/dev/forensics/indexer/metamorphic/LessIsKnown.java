package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.detect.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Bytes or packets are missing, so less is known of a conversation: some of its protocols and names
 * or nothing, fewer alarms. Never another protocol, and never an alarm that the whole does not
 * raise. What only looks like more:
 *
 * <ul>
 *   <li>Where neither a SYN nor the protocol tells the sides, the sender of the first packet is the
 *       client.
 *   <li>What is inside something whose beginning is missing is seen for itself: TLS is TLS.
 *   <li>Bytes that take more than is left to be recognized are unknown: {@code
 *       unknown-on-https-port} stands in for the alarm of the whole.
 *   <li>So what the TLS rules say about it is said, which the whole hides.
 *   <li>A login without its name may be that of a guest: an alarm of medium severity at most.
 *   <li>What softens a verdict may be missing, such as the refusal: an alarm's severity may be
 *       higher than that of the whole, and its outcome then is another one.
 *   <li>The more packets are missing, the longer the silence that ends a flow.
 * </ul>
 */
record LessIsKnown() implements Statement {
  private static final Set<String> CARRYING_TLS =
      Set.of("http", "socks", "smtp", "imap", "pop3", "ftp", "rdp");

  private static final Set<String> SIDES = Set.of("http", "tls", "ssh", "smtp", "ftp");

  /** A question to a server or a group of hosts; between equals, both ask. */
  private static final Pattern DNS_ENDS = Pattern.compile("17 .* (53|5355)( - .*)?");

  private static final String UNKNOWN = "unknown-on-https-port";

  @Override
  public boolean allows(Change change) {
    if (change.isAdded()) {
      return false;
    }
    if (change.isGone() || change.after() == null) {
      return true;
    }
    String field = change.field();
    return switch (field) {
      case "flows" -> true;
      case "clients" -> !isToldByEachPacket(change);
      case "protocols", "carried", "applications" -> isPart(change) || isInner(change);
      default -> isAlarm(change.was(), ruleOf(field)) || isOfInner(change) || isNameless(change);
    };
  }

  private static boolean isToldByEachPacket(Change change) {
    String protocol = change.is().getOrDefault("protocols", "none");
    return SIDES.contains(protocol)
        || (protocol.equals("dns") && DNS_ENDS.matcher(change.about()).matches());
  }

  private static String ruleOf(String field) {
    return field.substring(0, field.lastIndexOf('.'));
  }

  private static boolean isAlarm(Map<String, String> was, String rule) {
    return was.keySet().stream()
        .filter(field -> field.endsWith(".severity"))
        .map(LessIsKnown::ruleOf)
        .anyMatch(raised -> raised.equals(rule) || rule.equals(UNKNOWN));
  }

  private static boolean isOfInner(Change change) {
    return change.field().startsWith("tls-")
        && "tls".equals(change.is().get("protocols"))
        && CARRYING_TLS.contains(change.was().getOrDefault("protocols", "socks"));
  }

  private static boolean isNameless(Change change) {
    String rule = ruleOf(change.field());
    return rule.equals("cleartext-credentials")
        && Integer.parseInt(change.is().get(rule + ".severity")) <= Severity.MEDIUM.number();
  }

  private static boolean isPart(Change change) {
    return change.before() != null
        && List.of(change.before().split(", ")).containsAll(List.of(change.after().split(", ")));
  }

  private static boolean isInner(Change change) {
    return change.after().equals(change.was().get("carried"))
        || (change.field().equals("applications") && change.was().containsKey("carried"))
        || (change.after().equals("tls")
            && (change.before() == null || CARRYING_TLS.contains(change.before())));
  }
}
