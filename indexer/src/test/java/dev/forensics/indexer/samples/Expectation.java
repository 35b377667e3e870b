package dev.forensics.indexer.samples;

import java.util.Comparator;

/**
 * An alarm that a sample has to raise.
 *
 * @param rule rule.id
 * @param destination destination.ip
 * @param outcome forensics.alarm.outcome; null where the rule has none
 */
record Expectation(String rule, String destination, String outcome)
    implements Comparable<Expectation> {
  private static final Comparator<Expectation> ORDER =
      Comparator.comparing(Expectation::destination)
          .thenComparing(Expectation::rule)
          .thenComparing(Expectation::outcome, Comparator.nullsFirst(Comparator.naturalOrder()));

  @Override
  public int compareTo(Expectation other) {
    return ORDER.compare(this, other);
  }
}
