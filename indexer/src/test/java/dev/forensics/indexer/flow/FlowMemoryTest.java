package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.forensics.indexer.decode.DecodedPacket;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a flow and a packet cost. */
class FlowMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static final int FLOWS = 100_000;

  private static long perFlow(boolean answered) {
    FlowTable table = new FlowTable(FlowSettings.defaults(), new SilentObserver());
    DecodedPacket p =
        new TestPackets()
            .tcp(0, TcpConversation.CLIENT, TcpConversation.SERVER, 2, 1, 0, new byte[100]);
    SynFlood flood = new SynFlood(table, p);
    flood.run(1000, answered);
    long before = allocated();
    flood.run(FLOWS, answered);
    return (allocated() - before) / FLOWS;
  }

  @Test
  @DisplayName("a million flows fit in 512 MB: at most 408 bytes made for a SYN")
  void shouldKeepFlowsSmall() {
    assertThat(perFlow(false)).isBetween(200L, 408L);
  }

  @Test
  @DisplayName("a handshake with a request of 100 bytes, which are kept to compare: 900 bytes")
  void shouldKeepLittleOfPayload() {
    assertThat(perFlow(true)).isBetween(300L, 900L);
  }

  @Test
  @DisplayName(
      "connections one after another keep their payload in the same arrays: 900 bytes each")
  void shouldReuseWhatEndedConnectionsKept() {
    FlowTable table = new FlowTable(FlowSettings.defaults(), new SilentObserver());
    Downloads downloads = new Downloads(table);
    downloads.run(1000);
    long before = allocated();
    downloads.run(10_000);
    assertThat((allocated() - before) / 10_000).isBetween(300L, 900L);
    assertThat(table.counters().current).isEqualTo(1);
  }

  @Test
  void shouldAllocateNothingForPacketsOfEstablishedFlows() {
    FlowTable table = new FlowTable(FlowSettings.defaults(), new SilentObserver());
    EstablishedFlows flows = new EstablishedFlows(table, 8);
    flows.run(200_000);
    long before = allocated();
    flows.run(1_000_000);
    assertThat(allocated() - before).isLessThan(10_000);
    assertThat(table.counters().current).isEqualTo(8);
  }
}
