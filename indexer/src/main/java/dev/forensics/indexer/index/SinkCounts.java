package dev.forensics.indexer.index;

/**
 * What became of the documents of a sink. accepted = indexed + duplicates + deadLettered after a
 * flush.
 *
 * @param accepted given to the sink
 * @param indexed newly stored
 * @param duplicates already there under the same id
 * @param deadLettered refused and written to the dead-letter file
 * @param retries requests or items sent again
 */
public record SinkCounts(
    long accepted, long indexed, long duplicates, long deadLettered, long retries) {}
