package dev.forensics.indexer.enrich;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Values by address prefix. One sorted array for each prefix length that occurs, longest first,
 * searched by bisection: a look-up allocates nothing and takes a few steps a length, however many
 * prefixes there are. Immutable.
 *
 * @param <V> what stands at a prefix
 */
public final class PrefixMap<V> {
  private static final Comparator<Prefix> BY_ADDRESS =
      Comparator.comparingLong(Prefix::high).thenComparingLong(Prefix::low);

  private final List<Level<V>> version4;
  private final List<Level<V>> version6;

  private PrefixMap(List<Level<V>> version4, List<Level<V>> version6) {
    this.version4 = version4;
    this.version6 = version6;
  }

  /** Makes a map of these prefixes and values. */
  public static <V> PrefixMap<V> of(Map<Prefix, V> values) {
    return new PrefixMap<>(levels(values, 4), levels(values, 6));
  }

  private static <V> List<Level<V>> levels(Map<Prefix, V> values, int ipVersion) {
    TreeMap<Integer, TreeMap<Prefix, V>> byLength = new TreeMap<>(Comparator.reverseOrder());
    values.forEach(
        (prefix, value) -> {
          if (prefix.ipVersion() == ipVersion) {
            byLength
                .computeIfAbsent(prefix.bits(), bits -> new TreeMap<>(BY_ADDRESS))
                .put(prefix, value);
          }
        });
    List<Level<V>> levels = new ArrayList<>();
    byLength.forEach((bits, sorted) -> levels.add(new Level<>(ipVersion, bits, sorted)));
    return List.copyOf(levels);
  }

  /**
   * The value of the longest prefix that holds an address.
   *
   * @param ipVersion 4 or 6
   * @param high high 64 bits of the address; 0 for IPv4
   * @param low low 64 bits; IPv4 in the low 32 bits
   * @return null when no prefix holds it
   */
  public V longest(int ipVersion, long high, long low) {
    List<Level<V>> levels = ipVersion == 4 ? version4 : version6;
    for (int i = 0; i < levels.size(); i++) {
      V value = levels.get(i).find(high, low);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Hands over the values of all prefixes that hold an address, the longest first. */
  public void forEach(int ipVersion, long high, long low, Consumer<? super V> consumer) {
    for (Level<V> level : ipVersion == 4 ? version4 : version6) {
      V value = level.find(high, low);
      if (value != null) {
        consumer.accept(value);
      }
    }
  }

  /** The prefixes of one length, sorted. */
  private static final class Level<V> {
    private final int ipVersion;
    private final int bits;
    private final long[] highs;
    private final long[] lows;
    private final List<V> values;

    Level(int ipVersion, int bits, SortedMap<Prefix, V> sorted) {
      this.ipVersion = ipVersion;
      this.bits = bits;
      this.highs = sorted.keySet().stream().mapToLong(Prefix::high).toArray();
      this.lows = sorted.keySet().stream().mapToLong(Prefix::low).toArray();
      this.values = List.copyOf(sorted.values());
    }

    V find(long high, long low) {
      long wantedHigh = Prefix.maskHigh(ipVersion, high, bits);
      long wantedLow = Prefix.maskLow(ipVersion, low, bits);
      int from = 0;
      int to = highs.length - 1;
      while (from <= to) {
        int middle = (from + to) >>> 1;
        int order = Long.compare(highs[middle], wantedHigh);
        order = order != 0 ? order : Long.compare(lows[middle], wantedLow);
        if (order == 0) {
          return values.get(middle);
        }
        from = order < 0 ? middle + 1 : from;
        to = order < 0 ? to : middle - 1;
      }
      return null;
    }
  }
}
