package dev.forensics.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.pipeline.MemoryShare;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long MEBIBYTE = 1L << 20;

  private static IndexerConfig parse(String yaml, long heapMebibytes) throws ConfigException {
    return ConfigLoader.parse(
        yaml, "forensics.yml", Path.of("."), Map.of(), heapMebibytes * MEBIBYTE);
  }

  private static List<Long> mostBytes(IndexerConfig config) {
    return config.sensors().stream()
        .map(sensor -> sensor.settings().flow().maxBytes() / MEBIBYTE)
        .toList();
  }

  private static String sensors(String... flows) {
    StringBuilder yaml = new StringBuilder("sensors:\n");
    for (int i = 0; i < flows.length; i++) {
      yaml.append("  - name: s%d\n    captures: ./c%d\n".formatted(i, i)).append(flows[i]);
    }
    return yaml.toString();
  }

  @Test
  @DisplayName("by default the sensors share what the heap has for flows")
  void shouldDivideTheHeap() throws ConfigException {
    assertThat(mostBytes(parse(sensors(""), 512))).containsExactly(288L);
    assertThat(mostBytes(parse(sensors("", ""), 512))).containsExactly(140L, 140L);
    assertThat(mostBytes(parse(sensors("", ""), 2048))).containsExactly(288L, 288L);
    assertThat(mostBytes(parse(sensors(""), 256))).containsExactly(83L);
    FlowSettings two = parse(sensors("", ""), 512).sensors().get(0).settings().flow();
    assertThat(two.reassemblyBytesTotal()).isEqualTo(35 * MEBIBYTE);
  }

  @Test
  @DisplayName("bounds of the operator's own that do not fit are refused with the figure")
  void shouldRefuseWhatDoesNotFit() throws ConfigException {
    String large = "    flow:\n      max_bytes: 400MiB\n";
    assertThat(mostBytes(parse(sensors("", large), 1024))).containsExactly(288L, 400L);
    assertThatThrownBy(() -> parse(sensors("", large), 512))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 7: sensors[1].flow.max_bytes")
        .hasMessageContaining("540 MiB together")
        .hasMessageContaining("a heap of 512 MiB has 281 MiB for them")
        .hasMessageContaining("-Xmx844m")
        .hasMessageNotContaining("is not a known key");
  }

  @Test
  @DisplayName("more sensors than the heap has room for are refused, with the heap that has it")
  void shouldRefuseTooManySensors() throws ConfigException {
    assertThat(mostBytes(parse(sensors(most(20)), 512))).hasSize(20).allMatch(bytes -> bytes >= 8);
    assertThatThrownBy(() -> parse(sensors(most(60)), 512))
        .hasMessageContaining("480 MiB together")
        .hasMessageContaining("-Xmx5424m");
    assertThat(mostBytes(parse(sensors(most(60)), 5424))).hasSize(60);
  }

  private static String[] most(int sensors) {
    String[] flows = new String[sensors];
    Arrays.fill(flows, "");
    return flows;
  }

  @Test
  @DisplayName("all parts together are never more than the heap")
  void shouldNeverPlanMoreThanTheHeap() {
    for (long heap = 256; heap <= 1 << 14; heap += 96) {
      for (int sensors = 1; sensors <= 8; sensors++) {
        MemoryPlan plan = new MemoryPlan(heap * MEBIBYTE, sensors);
        long flows = plan.fitted(FlowSettings.defaults()).maxBytes();
        long all =
            plan.heapFor(0) + sensors * (flows + plan.share().bytes() - MemoryShare.WHOLE.bytes());
        boolean isRefused =
            flows == MemoryPlan.LEAST_FLOW_BYTES && plan.forFlows() < flows * sensors;
        assertThat(all <= plan.heapBytes() || isRefused).as("%d MiB, %d", heap, sensors).isTrue();
      }
    }
  }

  @Test
  @DisplayName("what a sensor remembers beside its flows has its share of the heap too")
  void shouldDivideNamesAndFragments() throws ConfigException {
    MemoryShare alone = parse(sensors(""), 512).sensors().get(0).settings().memory();
    MemoryShare ofFour = parse(sensors("", "", "", ""), 512).sensors().get(3).settings().memory();
    assertThat(alone).isEqualTo(MemoryShare.WHOLE);
    assertThat(ofFour.nameBytes()).isLessThan(alone.nameBytes() / 4);
    assertThat(ofFour.fragments().maxBytes()).isLessThan(alone.fragments().maxBytes() / 4);
    assertThat(ofFour.findingBytes()).isLessThan(alone.findingBytes() / 4);
    assertThat(ofFour.bytes()).isLessThan(alone.bytes() / 4);
  }

  @Test
  void shouldKnowTheHeapOfThisProcess() {
    assertThat(MemoryPlan.heapOfThisProcess())
        .isGreaterThanOrEqualTo(Runtime.getRuntime().maxMemory());
  }
}
