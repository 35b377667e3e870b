package dev.forensics.indexer.enrich;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Longest-prefix match over prefix lists. Immutable. */
public final class PrefixTable implements Attribution {
  private final PrefixMap<Registration> holders;

  private PrefixTable(PrefixMap<Registration> holders) {
    this.holders = holders;
  }

  /** Makes a table; of two lines with the same prefix the later one wins. */
  public static PrefixTable of(List<Registration> registrations) {
    Map<Prefix, Registration> holders = new HashMap<>();
    registrations.forEach(one -> holders.put(Prefix.parse(one.prefix()), one));
    return new PrefixTable(PrefixMap.of(holders));
  }

  /** The list that comes with the program. */
  public static PrefixTable builtIn() {
    return of(PrefixFile.builtIn());
  }

  @Override
  public Registration lookup(int ipVersion, long high, long low) {
    return holders.longest(ipVersion, high, low);
  }
}
