package dev.forensics.indexer.follow;

import dev.forensics.indexer.index.CaptureLedger;
import dev.forensics.indexer.index.DocumentLookup;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.SensorCommits;
import dev.forensics.indexer.index.SensorMemory;

/**
 * What a sensor reads from and writes to Elasticsearch.
 *
 * @param commits how far the sensors are
 * @param ledger the captures' entries
 * @param lookup finds documents that are there already
 * @param memory what stored documents tell of earlier times
 * @param sink takes the sensor's documents; closed by its owner
 */
public record SensorStorage(
    SensorCommits commits,
    CaptureLedger ledger,
    DocumentLookup lookup,
    SensorMemory memory,
    DocumentSink sink) {

  /** All behind one connection. */
  public static SensorStorage of(ElasticsearchConnection connection, DocumentSink sink) {
    return new SensorStorage(
        new SensorCommits(connection),
        new CaptureLedger(connection),
        new DocumentLookup(connection),
        new SensorMemory(connection),
        sink);
  }
}
