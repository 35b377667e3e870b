package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;

/** Makes traffic that breaks a relation smaller: the fewer packets, the sooner it is understood. */
final class Reduction {
  /** True of traffic that still breaks the relation. */
  @FunctionalInterface
  interface Broken {
    boolean test(Traffic traffic) throws Exception;
  }

  private static final int TRIALS = 150;

  private final Broken broken;
  private int trials = TRIALS;

  Reduction(Broken broken) {
    this.broken = broken;
  }

  /** The smallest traffic found within a bounded number of trials; the whole at worst. */
  Traffic of(Traffic whole) throws Exception {
    List<TestPacket> kept = new ArrayList<>(whole.packets());
    for (int size = kept.size() / 2; size > 0 && trials > 0; size /= 2) {
      for (int at = 0; at < kept.size() && trials > 0; ) {
        List<TestPacket> fewer = without(kept, at, Math.min(kept.size(), at + size));
        trials--;
        if (!fewer.isEmpty() && broken.test(whole.with("reduced", fewer))) {
          kept = fewer;
        } else {
          at += size;
        }
      }
    }
    return whole.with("reduced", kept);
  }

  private static List<TestPacket> without(List<TestPacket> packets, int from, int to) {
    List<TestPacket> fewer = new ArrayList<>(packets.subList(0, from));
    fewer.addAll(packets.subList(to, packets.size()));
    return fewer;
  }
}
