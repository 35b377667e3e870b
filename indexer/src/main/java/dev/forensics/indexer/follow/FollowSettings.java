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
 * @param owner whose the sensor's commit is when this indexer writes it
 * @param adopts another owner, as its words say, whose commit is taken over; null for none
 * @param attempts notes which capture is being read, and which are set aside
 * @param isShared true when other indexers may read the sensor at other times
 */
public record FollowSettings(
    Path folder,
    List<String> include,
    List<String> exclude,
    Duration quiet,
    SensorOwner owner,
    String adopts,
    ReadingAttempts attempts,
    boolean isShared) {

  /** This indexer's name. */
  String node() {
    return owner.host();
  }

  /** Whether the commit of this owner is gone on from; of earlier indexers null. */
  boolean mayGoOnFrom(SensorOwner stored) {
    return stored == null || owner.mayGoOnFrom(stored, isShared) || stored.words().equals(adopts);
  }
}
