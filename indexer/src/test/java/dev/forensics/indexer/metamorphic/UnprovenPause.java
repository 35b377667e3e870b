package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.time.Instant;
import java.util.List;

/**
 * The last packets stand behind a pause, and are too few for the sensor's clock to believe them; or
 * the first ones more than a day before all others. More packets there prove that time has gone on:
 * what ended before the pause is then idle, and not open until the end of the input.
 */
final class UnprovenPause {
  private static final long SECOND = 1_000_000_000L;
  private static final long PAUSE_NANOS = 10 * SECOND;
  private static final long FAR_NANOS = 86_400 * SECOND;

  /** How many packets have to follow the first one behind the pause. */
  private static final int FEW = 2;

  private static final int MANY = 7;
  private static final long NONE = Long.MIN_VALUE;

  /** The latest times before the first and the last such pause; or NONE. */
  private long first = NONE;

  private long last = NONE;

  /** The latest time of the first packets, where they are too few; or NONE. */
  private long beginning = NONE;

  UnprovenPause(Traffic traffic) {
    List<TestPacket> packets = traffic.packets();
    long latest = packets.get(0).nanos();
    for (int i = 1; i < packets.size(); i++) {
      long nanos = packets.get(i).nanos();
      int needed = nanos - latest > FAR_NANOS ? MANY : FEW;
      if (nanos - latest > PAUSE_NANOS && packets.size() - 1 - i < needed) {
        first = first == NONE ? latest : first;
        last = latest;
      }
      if (nanos - latest > FAR_NANOS && i <= FEW) {
        beginning = latest;
      }
      latest = Math.max(latest, nanos);
    }
  }

  /** What more packets change. */
  static Statement of(Traffic traffic) {
    return new UnprovenPause(traffic)::isOver;
  }

  /**
   * True when the packet stands behind the first such pause: others that follow contradict its
   * time.
   */
  boolean isBehind(TestPacket packet) {
    return first != NONE && packet.nanos() > first;
  }

  private boolean isOver(Change change) {
    return change.field().equals("forensics.flow.end_reason")
        && "end_of_input".equals(change.before())
        && "idle".equals(change.after())
        && nanos(change.was().get("event.end")) <= Math.max(last, beginning);
  }

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * SECOND + instant.getNano();
  }
}
