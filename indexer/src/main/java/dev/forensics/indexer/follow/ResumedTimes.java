package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureClock;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.TrafficClock;
import java.util.HashMap;
import java.util.Map;

/** Hands the clocks of a commit to the captures that are read on from it, each once. */
final class ResumedTimes {
  /** Nothing was committed. */
  static final ResumedTimes NONE = new ResumedTimes(new HashMap<>(), null, new TrafficClock());

  private final Map<CaptureId, CaptureClock> clocks;
  private final TrafficClock clock;
  private CaptureId leader;

  /**
   * @param committed how the clocks stood
   * @param clock the sensor's, which hears who leads it
   */
  ResumedTimes(SensorTimes committed, TrafficClock clock) {
    this(new HashMap<>(committed.captures()), committed.leader(), clock);
  }

  private ResumedTimes(Map<CaptureId, CaptureClock> clocks, CaptureId leader, TrafficClock clock) {
    this.clocks = clocks;
    this.leader = leader;
    this.clock = clock;
  }

  /** The capture that leads the clock and is not read on yet; null when there is none. */
  CaptureId leader() {
    return leader;
  }

  /** What is known of a capture's times where reading of it goes on; null when nothing is. */
  CaptureClock clock(FollowedCapture capture, long position) {
    return position == 0 ? null : clocks.remove(capture.progress.capture().id());
  }

  /** A capture is read on under this number. */
  void follow(FollowedCapture capture, int number) {
    CaptureId id = capture.progress.capture().id();
    clocks.remove(id);
    if (id.equals(leader)) {
      leader = null;
      if (clock.state().leader() == TrafficClock.ABSENT) {
        clock.ledBy(number);
      }
    }
  }
}
