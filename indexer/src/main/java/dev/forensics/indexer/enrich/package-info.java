/**
 * Look-ups beside detect and document: registered prefixes, ASN and city databases, names seen in
 * the captures. No network access.
 */
package dev.forensics.indexer.enrich;
