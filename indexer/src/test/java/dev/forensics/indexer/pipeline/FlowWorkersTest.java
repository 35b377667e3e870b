package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import dev.forensics.indexer.flow.SilentObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowWorkersTest {
  private final List<Long> moments = new CopyOnWriteArrayList<>();

  private final WorkersProgress progress =
      new WorkersProgress() {
        @Override
        public void passed(DecodedPacket last, long momentNanos) {
          moments.add(momentNanos);
        }

        @Override
        public void settled() {
          // not asked for
        }
      };

  /** What waits for a moment would wait for the end of all captures otherwise. */
  @Test
  @DisplayName("moments are those of the clock, and go on where the clock is set back")
  void shouldTellMomentsOfTheClock() {
    FlowTable table = new FlowTable(FlowSettings.defaults(), new SilentObserver());
    FlowWorkers workers = new FlowWorkers("test", List.of(table), 1, progress);
    try {
      pass(workers, 1_000);
      pass(workers, 1_500);
      pass(workers, 700); // 800 back
      pass(workers, 900);
    } finally {
      workers.close();
    }
    assertThat(moments).containsExactly(1_000L, 1_500L, 1_500L, 1_700L);
  }

  private static void pass(FlowWorkers workers, long nanos) {
    TrafficClock clock = new TrafficClock();
    clock.set(TrafficClock.State.at(nanos));
    workers.next().clockNanos = nanos;
    workers.commit(clock);
    workers.catchUp();
  }
}
