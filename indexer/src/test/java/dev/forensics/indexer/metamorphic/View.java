package dev.forensics.indexer.metamorphic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a run's documents is compared, by what it is about. */
enum View {
  /** Every document, found again by its ends, the flow's first packet, segment and rule. */
  DOCUMENTS {
    @Override
    Map<String, Map<String, String>> of(Documents documents) {
      Map<String, Map<String, String>> all = new TreeMap<>();
      documents.flows().forEach(flow -> put(all, "flow " + key(flow), flow));
      documents.alarms().forEach(a -> put(all, a.get("rule.id") + " of " + key(a), a));
      return all;
    }

    private static String key(Map<String, String> document) {
      String icmp = document.getOrDefault("forensics.icmp.type", "");
      return "%s%s from %s, segment %s"
          .formatted(
              ends(document),
              icmp.isEmpty() ? "" : " type " + icmp,
              document.get("forensics.flow.start"),
              document.get("forensics.flow.segment"));
    }

    private static void put(
        Map<String, Map<String, String>> all, String key, Map<String, String> document) {
      String free = key;
      for (int again = 2; all.containsKey(free); again++) {
        free = key + ", again " + again;
      }
      all.put(free, document);
    }
  },

  /**
   * What is known of all flows between two ends together: protocols, names, and of each rule the
   * highest severity and the outcomes.
   */
  CONVERSATIONS {
    @Override
    Map<String, Map<String, String>> of(Documents documents) {
      Map<String, Map<String, String>> all = new TreeMap<>();
      for (Map<String, String> flow : documents.flows()) {
        Map<String, String> known = all.computeIfAbsent(ends(flow), key -> new TreeMap<>());
        join(known, "protocols", flow.get("network.protocol"));
        join(known, "carried", flow.get("forensics.tunnel.protocol"));
        join(known, "applications", flow.get("network.application"));
        join(known, "clients", flow.get("client.ip") + " " + flow.get("client.port"));
        known.merge("flows", "1", View::sum);
      }
      for (Map<String, String> alarm : documents.alarms()) {
        Map<String, String> known = all.computeIfAbsent(ends(alarm), key -> new TreeMap<>());
        String rule = alarm.get("rule.id");
        known.merge(rule + ".severity", alarm.get("event.severity"), View::larger);
        known.merge(rule + ".confidence", alarm.get("forensics.alarm.confidence"), View::larger);
        join(known, rule + ".outcomes", alarm.get("forensics.alarm.outcome"));
      }
      return all;
    }
  };

  abstract Map<String, Map<String, String>> of(Documents documents);

  /** Transport and both ends, the smaller one first: the same whoever spoke first. */
  static String ends(Map<String, String> document) {
    String source = document.get("source.ip") + " " + document.get("source.port");
    String destination = document.get("destination.ip") + " " + document.get("destination.port");
    return document.get("network.iana_number") + " " + inOrder(source, destination);
  }

  /** Both, the smaller one first. */
  static String inOrder(String one, String other) {
    return one.compareTo(other) <= 0 ? one + " - " + other : other + " - " + one;
  }

  private static void join(Map<String, String> known, String field, String value) {
    if (value != null) {
      TreeSet<String> values = new TreeSet<>();
      String before = known.get(field);
      if (before != null) {
        values.addAll(List.of(before.split(", ")));
      }
      values.add(value);
      known.put(field, String.join(", ", values));
    }
  }

  private static String sum(String one, String other) {
    return String.valueOf(Integer.parseInt(one) + Integer.parseInt(other));
  }

  private static String larger(String one, String other) {
    return Integer.parseInt(one) >= Integer.parseInt(other) ? one : other;
  }
}
