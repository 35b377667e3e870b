package dev.forensics.indexer.detect.dns;

/**
 * A record of the answer section.
 *
 * @param name owner, lower case
 * @param type such as "A"
 * @param value an address, a name, or text of TXT; null for other types
 * @param ttlSeconds as sent
 */
public record DnsAnswer(String name, String type, String value, long ttlSeconds) {}
