package dev.forensics.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

class ConfigNodeTest {
  private final ConfigNode.Faults faults = new ConfigNode.Faults();

  private ConfigNode read(String yaml) {
    return new ConfigNode(
        "", new Yaml(new LoaderOptions()).compose(new StringReader(yaml)), faults);
  }

  @Test
  void shouldReadEveryKindOfValue() {
    ConfigNode node =
        read(
            """
            name: edge-1
            count: 10_000
            on: true
            every: 500ms
            size: 2GiB
            ports: [443, 8443]
            only: one
            inner: { key: value }
            """);

    assertThat(node.required("name")).isEqualTo("edge-1");
    assertThat(node.number("count", 1, 0, 100_000)).isEqualTo(10_000);
    assertThat(node.duration("every", Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    assertThat(node.bytes("size", 0)).isEqualTo(2L << 30);
    assertThat(node.ports("ports", List.of())).containsExactly(443, 8443);
    assertThat(node.strings("only", List.of())).containsExactly("one");
    assertThat(node.bool("on", false)).isTrue();
    assertThat(node.mapping("inner").string("key", null)).isEqualTo("value");
    node.refuseUnknownKeys();
    assertThat(faults.all()).isEmpty();
  }

  @Test
  void shouldTellAllFaultsAtOnceWithLineAndKey() {
    ConfigNode node =
        read(
            """
            port: 70000
            every: soon
            misspelt: 1
            inner:
              deeper: 2
            port: 5
            """);

    node.ports("port", List.of());
    node.duration("every", Duration.ofSeconds(1));
    node.required("name");
    node.mapping("inner").string("known", null);
    node.refuseUnknownKeys();

    assertThat(faults.all())
        .anyMatch(fault -> fault.startsWith("line 2: every: must be a duration"))
        .anyMatch(fault -> fault.startsWith("line 3: misspelt: is not a known key"))
        .anyMatch(fault -> fault.startsWith("line 5: inner.deeper: is not a known key"))
        .anyMatch(fault -> fault.startsWith("line 6: port: given twice"))
        .anyMatch(fault -> fault.equals("line 1: name: is missing"));
  }

  @Test
  void shouldTakeAnEmptyFileForNoKeys() {
    ConfigNode node = read("# nothing\n");

    assertThat(node.string("anything", "fallback")).isEqualTo("fallback");
    node.refuseUnknownKeys();
    assertThat(faults.all()).isEmpty();
  }

  @Test
  void shouldRefuseAListWhereAMappingBelongs() {
    read("- a\n- b\n");

    assertThat(faults.all()).containsExactly("line 1: (file): must be a mapping of keys to values");
  }
}
