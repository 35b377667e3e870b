package dev.forensics.indexer.index;

import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;

/** Takes documents and keeps them. Thread-safe. */
public interface DocumentSink extends AutoCloseable {
  /** Takes a document; waits while too many are under way (back-pressure). */
  void accept(EcsDocument document) throws InterruptedException, IOException;

  /**
   * Waits until every document accepted before is durable or in the dead-letter file.
   *
   * @throws IOException when documents could not be delivered; nothing is lost: the caller must not
   *     move its ledger on
   */
  void flush() throws IOException, InterruptedException;

  /** What became of the documents so far. */
  SinkCounts counts();

  /** Flushes and frees everything. An interrupt meanwhile is an InterruptedIOException. */
  @Override
  void close() throws IOException;
}
