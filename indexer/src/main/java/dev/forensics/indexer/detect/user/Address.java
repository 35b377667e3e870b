package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.enrich.Prefix;
import java.util.List;

/**
 * An address of a flow.
 *
 * @param ipVersion 4 or 6
 * @param high high 64 bits; 0 for IPv4
 * @param low low 64 bits; IPv4 in the low 32 bits
 */
record Address(int ipVersion, long high, long low) {
  /** True when one of these prefixes holds it. */
  boolean in(List<Prefix> prefixes) {
    for (Prefix prefix : prefixes) {
      if (prefix.ipVersion() == ipVersion && prefix.holds(high, low)) {
        return true;
      }
    }
    return false;
  }
}
