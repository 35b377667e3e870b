package dev.forensics.indexer.follow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is followed, and how.
 *
 * @param folder where the sensor's captures are written
 * @param include globs on file names that are looked at; empty for all
 * @param exclude globs on file names that are not
 * @param quiet wall time without a new packet after which open flows are ended
 * @param node this indexer's name
 * @param isShared true when other indexers may read the sensor at other times
 */
public record FollowSettings(
    Path folder,
    List<String> include,
    List<String> exclude,
    Duration quiet,
    String node,
    boolean isShared) {}
