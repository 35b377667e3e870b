package dev.forensics.indexer.service;

import dev.forensics.indexer.config.SensorConfig;
import dev.forensics.indexer.follow.FollowedSensor;
import dev.forensics.indexer.index.DeadLetters;
import dev.forensics.indexer.index.ElasticsearchSink;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A sensor of the service.
 *
 * @param config what the configuration says
 * @param followed reads it
 * @param sink takes its documents
 * @param letters folder of the documents that Elasticsearch refused
 */
record ServedSensor(
    SensorConfig config, FollowedSensor followed, ElasticsearchSink sink, Path letters) {

  /** Documents that Elasticsearch refused and that nobody took away, in words. */
  Optional<String> deadLetters() {
    long now = sink.counts().deadLettered();
    return DeadLetters.areIn(letters)
        ? Optional.of(
            "documents that Elasticsearch refused lie in %s, %d of this process"
                .formatted(letters, now))
        : Optional.empty();
  }
}
