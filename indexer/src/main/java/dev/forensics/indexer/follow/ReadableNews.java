package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.MergedReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What of a sensor's captures can be read next: it is announced first, and then alone is read. */
final class ReadableNews {
  private final Collection<FollowedCapture> captures;
  private MergedReader reader;

  /**
   * News of one sensor.
   *
   * @param captures those with a number, now and later
   */
  ReadableNews(Collection<FollowedCapture> captures) {
    this.captures = captures;
  }

  void readWith(MergedReader merged) {
    reader = merged;
  }

  /** What can be read now and was not announced yet. */
  Announcement announce(String node, Instant now) {
    Map<CaptureId, Long> limits = new HashMap<>();
    boolean any = false;
    Map<CaptureId, Long> holes = new HashMap<>();
    for (FollowedCapture capture : captures) {
      if (capture.isFollowed() && capture.hasNews()) {
        CaptureFile file = capture.progress.capture();
        limits.put(file.id(), capture.limit());
        any |= capture.hasGrown() || !reader.captures().isHolding(capture.number());
        if (capture.hole.isGivenUp()) {
          any = true;
          holes.put(file.id(), capture.hole.passesTo(capture, now));
        }
      }
    }
    return new Announcement(node, any ? limits : Map.of(), holes);
  }

  /**
   * Decides which holes are not waited for any longer.
   *
   * @param isQuiet as in {@link FollowedCaptures#closeFinished}
   * @return true when one was given up just now: there is more to be read
   */
  boolean giveUpHoles(boolean isQuiet, Instant now) {
    boolean isAny = false;
    for (FollowedCapture capture : captures) {
      isAny |= capture.isFollowed() && capture.hole.look(reader.holes(), capture, isQuiet, now);
    }
    return isAny;
  }

  /** Nothing but what was announced is read next. */
  void limitTo(Announcement announced) {
    for (FollowedCapture capture : captures) {
      if (!capture.isFollowed()) {
        continue;
      }
      Long limit = announced.limits().get(capture.progress.capture().id());
      if (limit != null) {
        capture.announced(limit);
      }
      long position = reader.position(capture.number());
      reader.limit(capture.number(), limit == null ? position : limit);
      Long holes = announced.holes().get(capture.progress.capture().id());
      if (holes != null) {
        reader.holes().passTo(capture.number(), holes);
      }
    }
  }
}
