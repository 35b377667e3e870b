package dev.forensics.indexer.enrich;

/** Tells where an address is and who routes it, by ASN and city databases. Thread-safe. */
@FunctionalInterface
public interface Geography {
  /** Knows nothing. */
  Geography NONE = (ipVersion, high, low) -> null;

  /**
   * What is known of an address, or null.
   *
   * @param ipVersion 4 or 6
   * @param high high 64 bits of the address; 0 for IPv4
   * @param low low 64 bits of the address; IPv4 in the low 32 bits
   */
  Place lookup(int ipVersion, long high, long low);
}
