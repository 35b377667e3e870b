package dev.forensics.indexer.detect.user;

/**
 * An address of a flow.
 *
 * @param ipVersion 4 or 6
 * @param high high 64 bits; 0 for IPv4
 * @param low low 64 bits; IPv4 in the low 32 bits
 */
record Address(int ipVersion, long high, long low) {}
