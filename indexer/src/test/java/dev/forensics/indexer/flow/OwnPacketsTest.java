package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of a flow depends on its own packets, whoever else is in the table. */
class OwnPacketsTest {
  private static final int ROUNDS = Integer.getInteger("order.seeds", 30);

  static LongStream seeds() {
    return LongStream.range(0, ROUNDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldTellTheSameOfAFlowAlone(long seed) {
    compare(RandomTraffic.inOrder(seed));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("also when packets come up to a second behind the clock")
  void shouldTellTheSameOfAFlowWithLatePackets(long seed) {
    compare(RandomTraffic.late(seed, FlowQueues.GRACE_NANOS));
  }

  private static void compare(List<DecodedPacket> traffic) {
    long end = traffic.get(traffic.size() - 1).clockNanos;
    List<String> together = told(traffic, end);
    List<String> alone = new ArrayList<>();
    for (List<DecodedPacket> flow : byKey(traffic)) {
      alone.addAll(told(RandomTraffic.withClock(flow), end));
    }
    assertThat(together).anyMatch(line -> line.startsWith("deadline"));
    assertThat(together).anyMatch(line -> line.contains(" segment=2 "));
    ReplayTest.assertSameLines(alone, together);
  }

  private static List<String> told(List<DecodedPacket> packets, long end) {
    RecordingObserver observer = new RecordingObserver();
    observer.waitNanos = 20 * TestPackets.SECOND;
    FlowTable table = new FlowTable(ReplayTest.settings(), observer);
    packets.forEach(table::packet);
    table.advance(end);
    table.endAll(EndReason.END_OF_INPUT);
    return observer.lines;
  }

  private static Collection<List<DecodedPacket>> byKey(List<DecodedPacket> traffic) {
    Map<String, List<DecodedPacket>> flows = new LinkedHashMap<>();
    for (DecodedPacket p : traffic) {
      long host = Math.min(p.sourceLow, p.destinationLow);
      flows.computeIfAbsent(p.protocol + " " + host, key -> new ArrayList<>()).add(p);
    }
    return flows.values();
  }
}
