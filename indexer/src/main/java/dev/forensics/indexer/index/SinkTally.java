package dev.forensics.indexer.index;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link SinkCounts} and {@link SinkLoad}. Thread-safe. */
final class SinkTally {
  final LongAdder accepted = new LongAdder();
  final LongAdder indexed = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder deadLettered = new LongAdder();
  final LongAdder retries = new LongAdder();
  final AtomicInteger requestsInFlight = new AtomicInteger();
  final LongAdder requests = new LongAdder();
  final LongAdder failedRequests = new LongAdder();
  final LongAdder requestNanos = new LongAdder();

  SinkCounts counts() {
    return new SinkCounts(
        accepted.sum(), indexed.sum(), duplicates.sum(), deadLettered.sum(), retries.sum());
  }

  SinkLoad load(long queuedBytes, long queueLimitBytes) {
    return new SinkLoad(
        queuedBytes,
        queueLimitBytes,
        requestsInFlight.get(),
        requests.sum(),
        failedRequests.sum(),
        requestNanos.sum());
  }
}
