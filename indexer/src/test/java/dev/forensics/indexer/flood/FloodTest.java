package dev.forensics.indexer.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.pipeline.IngestReport;
import dev.forensics.indexer.pipeline.MemoryShare;
import dev.forensics.indexer.pipeline.MemoryUse;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloodTest {
  private static final int PACKETS = 6_000;

  @TempDir Path folder;

  /** Little memory, so that few packets reach each bound. */
  private static SensorSettings small() {
    return new SensorSettings(
        "small",
        1,
        FlowSettings.defaults().withBytes(1 << 20, 1 << 18),
        DetectionSettings.defaults(),
        TunnelPorts.NONE,
        MemoryShare.within(1));
  }

  /** The kind that fills comes near its limit; none is ever above its own. */
  private static void tellsMemory(Flood flood, Map<String, MemoryUse> memory) {
    memory.forEach((kind, use) -> assertThat(use.peak()).as(kind).isBetween(0L, use.limit()));
    memory.values().forEach(use -> assertThat(use.bytes()).isLessThanOrEqualTo(use.peak()));
    if (!flood.kind().isEmpty()) {
      MemoryUse use = memory.get(flood.kind());
      assertThat(use.peak()).as("peak of %s", flood.kind()).isGreaterThan(use.limit() * 9 / 10);
    }
  }

  @ParameterizedTest
  @EnumSource(Flood.class)
  @DisplayName("each flood reaches its bound, which is counted, and every packet is read")
  void shouldReachTheBound(Flood flood) throws Exception {
    int count = flood.packets(PACKETS);
    Path file = flood.write(folder.resolve("flood.pcap"), count);
    IngestReport report = FloodRun.run(small(), file);
    assertThat(report.packets()).isEqualTo(count);
    assertThat(report.failures()).isEmpty();
    if (!flood.bound().isEmpty()) {
      assertThat(report.bounds()).containsKey(flood.bound());
    }
    tellsMemory(flood, report.memory());
  }
}
