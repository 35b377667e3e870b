package dev.forensics.indexer.index;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How documents are sent. The sink holds at most (concurrency + 2) times maximumBytes of documents;
 * {@link DocumentSink#accept} waits beyond that.
 *
 * @param maximumBytes a request is sent when it has this many bytes; one larger document goes alone
 * @param maximumDocuments a request is sent when it has this many documents
 * @param maximumDelay a document waits no longer than this for others while a sender is idle; an
 *     alarm a fifth of it
 * @param concurrency requests under way at a time, 1..32
 * @param giveUpAfter how long a document is tried again without any progress; empty: for ever
 * @param deadLetterFolder where refused documents are written
 */
public record BulkSettings(
    int maximumBytes,
    int maximumDocuments,
    Duration maximumDelay,
    int concurrency,
    Optional<Duration> giveUpAfter,
    Path deadLetterFolder) {
  /** Least size of a request, in bytes. */
  public static final int MINIMUM_BYTES = 1 << 10;

  /** Largest size of a request, in bytes. */
  public static final int LARGEST_BYTES = 64 << 20;

  private static final int DEFAULT_BYTES = 5 << 20;
  private static final int DEFAULT_DOCUMENTS = 5_000;
  private static final int LARGEST_DOCUMENTS = 1_000_000;
  private static final int LARGEST_CONCURRENCY = 32;

  /** Checks the ranges. */
  public BulkSettings {
    requireRange("maximumBytes", maximumBytes, MINIMUM_BYTES, LARGEST_BYTES);
    requireRange("maximumDocuments", maximumDocuments, 1, LARGEST_DOCUMENTS);
    requireRange("concurrency", concurrency, 1, LARGEST_CONCURRENCY);
    if (maximumDelay.isNegative() || maximumDelay.isZero()) {
      throw new IllegalArgumentException("maximumDelay must be positive: " + maximumDelay);
    }
  }

  private static void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " out of range " + least + ".." + most + ": " + value);
    }
  }

  /** 5 MB, 5,000 documents, one second, two requests at a time, tried for ever. */
  public static BulkSettings defaults(Path deadLetterFolder) {
    return new BulkSettings(
        DEFAULT_BYTES,
        DEFAULT_DOCUMENTS,
        Duration.ofSeconds(1),
        2,
        Optional.empty(),
        deadLetterFolder);
  }

  /** The same with another size of requests. */
  public BulkSettings withSize(int bytes, int documents) {
    return new BulkSettings(
        bytes, documents, maximumDelay, concurrency, giveUpAfter, deadLetterFolder);
  }

  /** The same with another number of requests at a time. */
  public BulkSettings withConcurrency(int requests) {
    return new BulkSettings(
        maximumBytes, maximumDocuments, maximumDelay, requests, giveUpAfter, deadLetterFolder);
  }

  /** The same with another delay. */
  public BulkSettings withMaximumDelay(Duration delay) {
    return new BulkSettings(
        maximumBytes, maximumDocuments, delay, concurrency, giveUpAfter, deadLetterFolder);
  }

  /** Refused documents are written into this folder. */
  public BulkSettings withDeadLetterFolder(Path folder) {
    return new BulkSettings(
        maximumBytes, maximumDocuments, maximumDelay, concurrency, giveUpAfter, folder);
  }

  /** The same, but documents are given up after a time without progress, for one-shot runs. */
  public BulkSettings withGiveUpAfter(Duration time) {
    return new BulkSettings(
        maximumBytes,
        maximumDocuments,
        maximumDelay,
        concurrency,
        Optional.of(time),
        deadLetterFolder);
  }
}
