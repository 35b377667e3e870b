package dev.forensics.indexer.service;

import dev.forensics.indexer.config.SensorConfig;
import dev.forensics.indexer.follow.FollowedSensor;
import dev.forensics.indexer.index.ElasticsearchSink;

/**
 * A sensor of the service.
 *
 * @param config what the configuration says
 * @param followed reads it
 * @param sink takes its documents
 */
record ServedSensor(SensorConfig config, FollowedSensor followed, ElasticsearchSink sink) {}
