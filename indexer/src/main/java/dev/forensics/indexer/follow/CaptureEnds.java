package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.document.CaptureState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How captures of a followed sensor end: read up, broken, moved away or lost. */
final class CaptureEnds {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureEnds.class);

  /** A capture that nobody wrote to for so long, with a later one beside it, is complete. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final String sensor;
  private final SensorStatus status;
  private MergedReader reader;

  CaptureEnds(String sensor, SensorStatus status) {
    this.sensor = sensor;
    this.status = status;
  }

  void readWith(MergedReader merged) {
    reader = merged;
  }

  /**
   * Closes a capture that is followed if it is over.
   *
   * @param isQuiet nothing new has come for so long that even the last one is over
   * @param isLatest none began after it
   */
  void look(FollowedCapture capture, boolean isQuiet, boolean isLatest, Instant now) {
    // Whether it is read up comes first: what is written meanwhile is news of the next look.
    boolean isOver =
        isReadUp(capture)
            && (isQuiet || !capture.isPresent || (!isLatest && capture.isLeftAlone(SETTLED, now)));
    if (isOver) {
      reader.holes().failUnresolved(capture.number());
    }
    if (reader.captures().hasFailed(capture.number())) {
      closeFailed(capture, now);
    } else if (isOver || !reader.captures().isFollowed(capture.number())) {
      close(capture, CaptureState.DONE, now);
    } else {
      capture.wasAtEnd = reader.captures().isAtEnd(capture.number());
    }
  }

  /** It was gone, or overwritten, before it was read to its end. */
  void lose(FollowedCapture capture, Instant now) {
    Path path = capture.progress.capture().path();
    long position = capture.progress.position();
    String problem =
        position == 0
            ? path + ": gone, or overwritten, before it was read"
            : "%s: gone, or overwritten, before it was read to its end; read up to byte %d"
                .formatted(path, position);
    capture.failed(problem);
    capture.lose(now);
    status.captureLost();
    LOG.warn("sensor={} {}", sensor, problem);
  }

  /** A name that is used again, or gone, says nothing about the capture that lay there. */
  private void closeFailed(FollowedCapture capture, Instant now) {
    if (reader.captures().file(capture.number()).isWhereItWas()) {
      if (capture.isNewProblem()) {
        status.captureFailed();
        LOG.warn("sensor={} {}", sensor, capture.progress.failure());
      }
      close(capture, CaptureState.FAILED, now);
    } else if (capture.wasAtEnd) {
      capture.failed(null); // a ring took the name for its next file
      close(capture, CaptureState.DONE, now);
    } else {
      capture.leave(reader.captures().clock(capture.number()));
      reader.finish(capture.number());
      capture.lookElsewhere();
    }
  }

  private boolean isReadUp(FollowedCapture capture) {
    int number = capture.number();
    return isCaughtUp(number) && !reader.captures().isHolding(number) && !capture.hasGrown();
  }

  /** True when it is at its end as far as it is there. */
  boolean isCaughtUp(int number) {
    return reader.captures().isAtEnd(number) && !reader.holes().isBefore(number);
  }

  private void close(FollowedCapture capture, CaptureState as, Instant now) {
    capture.leave(reader.captures().clock(capture.number()));
    reader.finish(capture.number());
    if (as == CaptureState.DONE && capture.isCutShort()) {
      lose(capture, now);
      return;
    }
    if (as == CaptureState.DONE) {
      status.captureDone();
    }
    capture.finish(as, now);
  }
}
