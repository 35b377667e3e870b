package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.MergedHoles;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a hole in a followed capture is waited for: zeros with something behind them may be a
 * page that a network file system has not written yet, or one that is lost. By wall time, since a
 * file is all that can be looked at; what is decided is announced before it is read.
 */
final class HoleWait {
  /** A hole that is not filled for so long is lost. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * How far behind a lost hole others are passed over in a file that is still written, in bytes.
   */
  private static final long STRETCH = 1L << 20;

  private Instant since;
  private long at;
  private boolean isGivenUp;

  /**
   * Looks at where its capture stands now.
   *
   * @param isQuiet nothing more is written to any capture
   * @return true when it is given up just now
   */
  boolean look(MergedHoles holes, FollowedCapture capture, boolean isQuiet, Instant now) {
    boolean isOver = isQuiet || !capture.isPresent;
    boolean isBefore = holes.isBefore(capture.number());
    if (!isBefore && !(isOver && holes.mayBeBefore(capture.number()))) {
      since = null;
      isGivenUp = false;
      return false;
    }
    if (since == null || at != capture.progress.position()) {
      since = now;
      at = capture.progress.position();
      isGivenUp = false;
    }
    boolean isLong = Duration.between(since, now).abs().compareTo(PATIENCE) >= 0;
    boolean isGivenUpNow = !isGivenUp && (isOver || isLong);
    isGivenUp |= isGivenUpNow;
    return isGivenUpNow;
  }

  /** True when reading goes on behind the hole next. */
  boolean isGivenUp() {
    return isGivenUp;
  }

  /** Up to where holes are passed over: all of them in a file that nobody writes to any more. */
  long passesTo(FollowedCapture capture, Instant now) {
    long limit = capture.limit();
    return capture.isLeftAlone(PATIENCE, now) ? limit : Math.min(limit, at + STRETCH);
  }
}
