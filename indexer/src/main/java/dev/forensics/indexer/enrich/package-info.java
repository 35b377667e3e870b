/**
 * Look-ups beside detect and document: registered prefixes, ASN and city databases, names seen in
 * the captures. No network access.
 *
 * <p>In: addresses, names as they are learned. Out: who an address is registered to, where it is,
 * what it was called at a time. It must not know verdicts, nor documents.
 */
package dev.forensics.indexer.enrich;
