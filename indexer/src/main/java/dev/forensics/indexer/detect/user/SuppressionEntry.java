package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.enrich.Prefix;
import java.time.LocalDate;
import java.util.List;

/**
 * One suppression; conditions that are not given (empty, null) hold for everything.
 *
 * @param rules ids of the rules
 * @param destinations addresses and networks of the server; {@link SuppressionIndex} compares them
 * @param organization holder of the server's registered prefix
 * @param paths pattern of the paths, of which all of a connection must match
 * @param userAgents pattern of the user agents, of which all of a connection must match
 * @param reason why it is suppressed
 * @param expires last day (UTC, packet time) on which it holds
 */
record SuppressionEntry(
    List<String> rules,
    List<Prefix> destinations,
    String organization,
    Glob paths,
    Glob userAgents,
    String reason,
    LocalDate expires) {

  private static final long DAY_NANOS = 86_400_000_000_000L;

  /** True when all but the destinations, which the index has compared, hold. */
  boolean holds(FlowView view, Verdict verdict) {
    return isValidAt(verdict.timestampNanos())
        && (rules.isEmpty() || rules.contains(verdict.rule().id()))
        && (organization == null
            || organization.equalsIgnoreCase(view.organization(view.destinationAddress())))
        && httpMatches(view);
  }

  private boolean isValidAt(long timestampNanos) {
    return Math.floorDiv(timestampNanos, DAY_NANOS) <= expires.toEpochDay();
  }

  private boolean httpMatches(FlowView view) {
    if (paths == null && userAgents == null) {
      return true;
    }
    HttpFacts http = view.facts.get(HttpFacts.class);
    return http != null
        && (paths == null || all(paths, http.paths.values(), http.paths.others()))
        && (userAgents == null
            || all(userAgents, http.userAgents.values(), http.userAgents.others()));
  }

  /** One request that does not match keeps the alarm; so does one that was not kept. */
  private static boolean all(Glob pattern, List<String> values, long others) {
    return !values.isEmpty() && others == 0 && values.stream().allMatch(pattern::matches);
  }
}
