package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.enrich.Prefix;
import dev.forensics.indexer.enrich.PrefixMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Addresses and networks of a definition; as quick with a hundred thousand as with one. */
final class Networks {
  private final PrefixMap<Boolean> prefixes;

  private Networks(Map<Prefix, Boolean> prefixes) {
    this.prefixes = PrefixMap.of(prefixes);
  }

  /** Reads them; what is no address and no network becomes a fault of the entry. */
  static Networks of(Entry entry, List<String> values) {
    Map<Prefix, Boolean> prefixes = new HashMap<>();
    parse(entry, values).forEach(prefix -> prefixes.put(prefix, true));
    return new Networks(prefixes);
  }

  /** Reads them one by one; what is no address and no network becomes a fault of the entry. */
  static List<Prefix> parse(Entry entry, List<String> values) {
    List<Prefix> prefixes = new ArrayList<>();
    for (String value : values) {
      try {
        prefixes.add(Prefix.parse(value));
      } catch (IllegalArgumentException e) {
        entry.fault("not an address or network: " + value + " (" + e.getMessage() + ")");
      }
    }
    return prefixes;
  }

  /** True when one of them holds the address. */
  boolean hold(Address address) {
    return prefixes.longest(address.ipVersion(), address.high(), address.low()) != null;
  }
}
