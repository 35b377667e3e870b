package dev.forensics.indexer.enrich;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Longest-prefix match over prefix lists. One sorted array for each prefix length that occurs,
 * longest first, searched by bisection: nothing is allocated by a look-up. Immutable.
 */
public final class PrefixTable implements Attribution {
  private static final Comparator<Prefix> BY_ADDRESS =
      Comparator.comparingLong(Prefix::high).thenComparingLong(Prefix::low);

  private final Level[] version4;
  private final Level[] version6;

  private PrefixTable(Level[] version4, Level[] version6) {
    this.version4 = version4;
    this.version6 = version6;
  }

  /** Makes a table; of two lines with the same prefix the later one wins. */
  public static PrefixTable of(List<Registration> registrations) {
    return new PrefixTable(levels(registrations, 4), levels(registrations, 6));
  }

  /** The list that comes with the program. */
  public static PrefixTable builtIn() {
    return of(PrefixFile.builtIn());
  }

  private static Level[] levels(List<Registration> registrations, int ipVersion) {
    TreeMap<Integer, TreeMap<Prefix, Registration>> byLength =
        new TreeMap<>(Comparator.reverseOrder());
    for (Registration registration : registrations) {
      Prefix prefix = Prefix.parse(registration.prefix());
      if (prefix.ipVersion() == ipVersion) {
        byLength
            .computeIfAbsent(prefix.bits(), bits -> new TreeMap<>(BY_ADDRESS))
            .put(prefix, registration);
      }
    }
    List<Level> levels = new ArrayList<>();
    byLength.forEach((bits, sorted) -> levels.add(new Level(ipVersion, bits, sorted)));
    return levels.toArray(new Level[0]);
  }

  @Override
  public Registration lookup(int ipVersion, long high, long low) {
    Level[] levels = ipVersion == 4 ? version4 : version6;
    for (Level level : levels) {
      Registration holder = level.find(high, low);
      if (holder != null) {
        return holder;
      }
    }
    return null;
  }

  /** The prefixes of one length, sorted. */
  private static final class Level {
    private final int ipVersion;
    private final int bits;
    private final long[] highs;
    private final long[] lows;
    private final Registration[] holders;

    Level(int ipVersion, int bits, SortedMap<Prefix, Registration> sorted) {
      this.ipVersion = ipVersion;
      this.bits = bits;
      this.highs = sorted.keySet().stream().mapToLong(Prefix::high).toArray();
      this.lows = sorted.keySet().stream().mapToLong(Prefix::low).toArray();
      this.holders = sorted.values().toArray(new Registration[0]);
    }

    Registration find(long high, long low) {
      long wantedHigh = Prefix.maskHigh(ipVersion, high, bits);
      long wantedLow = Prefix.maskLow(ipVersion, low, bits);
      int from = 0;
      int to = holders.length - 1;
      while (from <= to) {
        int middle = (from + to) >>> 1;
        int order = Long.compare(highs[middle], wantedHigh);
        order = order != 0 ? order : Long.compare(lows[middle], wantedLow);
        if (order == 0) {
          return holders[middle];
        }
        from = order < 0 ? middle + 1 : from;
        to = order < 0 ? to : middle - 1;
      }
      return null;
    }
  }
}
