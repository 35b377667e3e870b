package dev.forensics.indexer.follow;

import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.SensorCommits;
import dev.forensics.indexer.pipeline.SensorCaptures;
import dev.forensics.indexer.pipeline.SensorPipeline;
import java.time.InstantSource;

/** What a {@link SensorRun} is made of. */
record SensorRunParts(
    String sensor,
    FollowSettings settings,
    SensorCommits commits,
    DocumentSink sink,
    Runnable caughtUp,
    SensorStatus status,
    InstantSource clock,
    SensorCaptures captures,
    FollowedCaptures followed,
    SensorPipeline pipeline) {}
