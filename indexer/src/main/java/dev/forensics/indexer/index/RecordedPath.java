package dev.forensics.indexer.index;

/**
 * Where a capture lay when a sensor read it last.
 *
 * @param sensor observer.name of the ledger's entry
 * @param path its path then
 */
public record RecordedPath(String sensor, String path) {}
