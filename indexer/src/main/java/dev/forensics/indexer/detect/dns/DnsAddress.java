package dev.forensics.indexer.detect.dns;

/**
 * A name that was seen to stand for an address.
 *
 * @param name the name that was asked for, lower case
 * @param ipVersion 4 or 6
 * @param high high 64 bits of the address; 0 for IPv4
 * @param low low 64 bits of the address; IPv4 in the low 32 bits
 * @param timestampNanos packet time of the first answer that said so
 */
public record DnsAddress(String name, int ipVersion, long high, long low, long timestampNanos) {
  boolean sameAs(DnsAddress other) {
    return ipVersion == other.ipVersion
        && high == other.high
        && low == other.low
        && name.equals(other.name);
  }
}
