package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.List;

/**
 * Where a file or a section may end: where the time of a packet can be told from those around it on
 * its own side of the border. Whether a time is believed is decided within a file and a section, so
 * where time goes back, or forward by more than a day, a few packets stay together.
 */
final class Borders {
  /** As many records as decide about a time that is far off. */
  private static final int DECIDING = 8;

  /** A time that is further back is no longer that of packets that come out of order. */
  private static final long BACK_NANOS = 10_000_000_000L;

  private static final long FAR_NANOS = 86_400_000_000_000L;

  private final boolean[] closed;

  Borders(List<TestPacket> packets) {
    closed = new boolean[packets.size()];
    for (int i = 1; i < packets.size(); i++) {
      long step = packets.get(i).nanos() - packets.get(i - 1).nanos();
      if (step < -BACK_NANOS || step > FAR_NANOS) {
        for (int j = Math.max(0, i - DECIDING); j <= i + DECIDING && j < closed.length; j++) {
          closed[j] = true;
        }
      }
    }
  }

  /** True when something new may begin with this packet, counted from 0. */
  boolean isOpen(int index) {
    return !closed[index];
  }
}
