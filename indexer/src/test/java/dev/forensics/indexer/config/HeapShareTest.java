package dev.forensics.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.flow.FlowSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeapShareTest {
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
    assertThat(mostBytes(parse(sensors("", ""), 512))).containsExactly(144L, 144L);
    assertThat(mostBytes(parse(sensors("", ""), 2048))).containsExactly(288L, 288L);
    assertThat(mostBytes(parse(sensors(""), 256))).containsExactly(32L);
    FlowSettings two = parse(sensors("", ""), 512).sensors().get(0).settings().flow();
    assertThat(two.reassemblyBytesTotal()).isEqualTo(32 * MEBIBYTE);
  }

  @Test
  @DisplayName("bounds of the operator's own that do not fit are refused with the figure")
  void shouldRefuseWhatDoesNotFit() throws ConfigException {
    String large = "    flow:\n      max_bytes: 400MiB\n";
    assertThat(mostBytes(parse(sensors("", large), 1024))).containsExactly(288L, 400L);
    assertThatThrownBy(() -> parse(sensors("", large), 512))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 7: sensors[1].flow.max_bytes")
        .hasMessageContaining("544 MiB together")
        .hasMessageContaining("a heap of 512 MiB has 288 MiB for them")
        .hasMessageContaining("-Xmx768m");
  }

  @Test
  @DisplayName("many sensors in a small heap get the least, and start")
  void shouldLetManySensorsStart() throws ConfigException {
    String[] many = new String[40];
    Arrays.fill(many, "");
    assertThat(mostBytes(parse(sensors(many), 512))).hasSize(40).containsOnly(16L);
  }

  @Test
  void shouldKnowTheHeapOfThisProcess() {
    assertThat(HeapShare.heapOfThisProcess())
        .isGreaterThanOrEqualTo(Runtime.getRuntime().maxMemory());
  }
}
