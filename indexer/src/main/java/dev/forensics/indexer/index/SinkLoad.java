package dev.forensics.indexer.index;

/**
 * How busy a sink is.
 *
 * @param queuedBytes bytes of documents accepted and not yet stored
 * @param queueLimitBytes how many there can be, one document more than a request's size aside
 * @param requestsInFlight bulk requests waiting for their answer
 * @param requests bulk requests answered with success, items may have failed
 * @param failedRequests bulk requests without an answer or answered with an error
 * @param requestNanos sum of the times the answered ones took, in nanoseconds
 */
public record SinkLoad(
    long queuedBytes,
    long queueLimitBytes,
    int requestsInFlight,
    long requests,
    long failedRequests,
    long requestNanos) {}
