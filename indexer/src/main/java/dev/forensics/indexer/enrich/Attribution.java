package dev.forensics.indexer.enrich;

/** Tells whose an address is, by registered prefix. Thread-safe; does not allocate. */
@FunctionalInterface
public interface Attribution {
  /** Knows nothing. */
  Attribution NONE = (ipVersion, high, low) -> null;

  /**
   * The holder of the longest registered prefix around an address, or null.
   *
   * @param ipVersion 4 or 6
   * @param high high 64 bits of the address; 0 for IPv4
   * @param low low 64 bits of the address; IPv4 in the low 32 bits
   */
  Registration lookup(int ipVersion, long high, long low);
}
