package dev.forensics.indexer.document;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Remembers which rules were raised about which destinations, so that an alarm can say that it is
 * the first. Bounded: past the capacity the pair remembered first is forgotten and counted. One a
 * sensor; thread-safe.
 */
public final class FirstAlarms {
  /** Pairs kept by default. */
  public static final int DEFAULT_CAPACITY = 65_536;

  private final Set<Pair> seen = new LinkedHashSet<>();
  private final int capacity;
  private long forgotten;

  /** Remembers at most {@link #DEFAULT_CAPACITY} pairs. */
  public FirstAlarms() {
    this(DEFAULT_CAPACITY);
  }

  /** Remembers at most so many pairs. */
  public FirstAlarms(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Remembers a pair.
   *
   * @param ruleId rule.id
   * @param ipVersion 4 or 6
   * @param high high 64 bits of the destination's address; 0 for IPv4
   * @param low low 64 bits of the destination's address
   * @param port the destination's port
   * @return true when it was not remembered before
   */
  public boolean add(String ruleId, int ipVersion, long high, long low, int port) {
    return add(new Pair(ruleId, ipVersion, high, low, port, null));
  }

  /**
   * Remembers a pair.
   *
   * @return true when it was not remembered before
   */
  public synchronized boolean add(Pair pair) {
    if (!seen.add(pair)) {
      return false;
    }
    if (seen.size() > capacity) {
      seen.remove(seen.iterator().next());
      forgotten++;
    }
    return true;
  }

  /** Pairs remembered now. */
  public synchronized int remembered() {
    return seen.size();
  }

  /** Pairs forgotten since the capacity was reached. */
  public synchronized long forgotten() {
    return forgotten;
  }

  /**
   * A rule and a destination.
   *
   * @param ruleId rule.id
   * @param ipVersion 4 or 6
   * @param high high 64 bits of the destination's address; 0 for IPv4
   * @param low low 64 bits of the destination's address
   * @param port the destination's port
   * @param target what the destination, a proxy, was asked for, as {@link #target} writes it; or
   *     null
   */
  public record Pair(String ruleId, int ipVersion, long high, long low, int port, String target)
      implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
        Comparator.comparingLong(Pair::low)
            .thenComparingLong(Pair::high)
            .thenComparingInt(Pair::port)
            .thenComparing(Pair::ruleId)
            .thenComparingInt(Pair::ipVersion)
            .thenComparing(Pair::target, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** An order, so that a set stays quick though a sender chose addresses of one hash. */
    @Override
    public int compareTo(Pair other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * How a target behind a proxy is remembered.
   *
   * @param shownHost as documents show it; null when there is none
   * @return null when there is none
   */
  public static String target(String shownHost, int port) {
    return shownHost == null || port == 0 ? null : shownHost + ' ' + port;
  }
}
