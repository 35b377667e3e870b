package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.enrich.Prefix;
import dev.forensics.indexer.enrich.PrefixMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the first suppression that holds, in the order of the file, without looking at all: each
 * lies in one drawer, by its destinations, else by its organization, else by its rules, else in the
 * rest.
 */
final class SuppressionIndex {
  private final List<SuppressionEntry> entries;
  private final PrefixMap<List<Integer>> byDestination;
  private final Map<String, List<Integer>> byOrganization = new HashMap<>();
  private final Map<String, List<Integer>> byRule = new HashMap<>();
  private final List<Integer> rest = new ArrayList<>();

  SuppressionIndex(List<SuppressionEntry> entries) {
    this.entries = List.copyOf(entries);
    Map<Prefix, List<Integer>> destinations = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      put(i, destinations);
    }
    byDestination = PrefixMap.of(destinations);
  }

  private void put(int number, Map<Prefix, List<Integer>> destinations) {
    SuppressionEntry entry = entries.get(number);
    if (!entry.destinations().isEmpty()) {
      entry.destinations().forEach(prefix -> drawer(destinations, prefix).add(number));
    } else if (entry.organization() != null) {
      drawer(byOrganization, key(entry.organization())).add(number);
    } else if (!entry.rules().isEmpty()) {
      entry.rules().forEach(rule -> drawer(byRule, rule).add(number));
    } else {
      rest.add(number);
    }
  }

  private static <K> List<Integer> drawer(Map<K, List<Integer>> drawers, K key) {
    return drawers.computeIfAbsent(key, k -> new ArrayList<>());
  }

  private static String key(String organization) {
    return organization.toLowerCase(Locale.ROOT);
  }

  int size() {
    return entries.size();
  }

  /** The first entry that holds for the verdict; null when none does. */
  SuppressionEntry find(FlowView view, Verdict verdict) {
    Address destination = view.destinationAddress();
    Search search = new Search(view, verdict);
    byDestination.forEach(
        destination.ipVersion(), destination.high(), destination.low(), search::look);
    if (!byOrganization.isEmpty()) {
      String organization = view.organization(destination);
      search.look(
          organization == null
              ? List.of()
              : byOrganization.getOrDefault(key(organization), List.of()));
    }
    search.look(byRule.getOrDefault(verdict.rule().id(), List.of()));
    search.look(rest);
    return search.best == entries.size() ? null : entries.get(search.best);
  }

  /** Goes through drawers for the entry with the least number that holds. */
  private final class Search {
    private final FlowView view;
    private final Verdict verdict;
    private int best = entries.size();

    Search(FlowView view, Verdict verdict) {
      this.view = view;
      this.verdict = verdict;
    }

    void look(List<Integer> drawer) {
      for (int number : drawer) {
        if (number >= best) {
          return; // a drawer is in the order of the file
        }
        if (entries.get(number).holds(view, verdict)) {
          best = number;
        }
      }
    }
  }
}
