package dev.forensics.indexer.detect.dns;

/**
 * A question.
 *
 * @param name lower case, without the last dot; "" is the root
 * @param type such as "A", or "TYPE65280" where the number has no name here
 */
public record DnsQuestion(String name, String type) {}
