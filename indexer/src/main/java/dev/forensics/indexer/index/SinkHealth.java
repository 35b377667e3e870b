package dev.forensics.indexer.index;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether documents get through.
 *
 * @param isDelivering false while documents wait for Elasticsearch
 * @param problem why they wait
 * @param since when that began
 * @param lastSuccess when Elasticsearch last took a document
 */
public record SinkHealth(
    boolean isDelivering,
    Optional<String> problem,
    Optional<Instant> since,
    Optional<Instant> lastSuccess) {}
