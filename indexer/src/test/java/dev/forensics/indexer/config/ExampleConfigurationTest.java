package dev.forensics.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.document.PayloadSettings;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.index.BulkSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The commented example: it loads, tells every key, and tells their defaults truly. */
class ExampleConfigurationTest {
  private static final Path EXAMPLE = Path.of("../docs/forensics.example.yml");
  private static final String ALTERNATIVE = "#or ";

  @TempDir Path folder;

  @BeforeEach
  void makeTheFilesItNames() throws Exception {
    for (String name : List.of("rules.yml", "suppressions.yml", "prefixes.csv", "packet-token")) {
      Files.writeString(folder.resolve(name), "not empty");
    }
    TestFiles.certificate(folder.resolve("ca.crt"), "-1d", 9);
    TestFiles.database(folder.resolve("GeoLite2-ASN.mmdb"), "GeoLite2-ASN");
    TestFiles.database(folder.resolve("GeoLite2-City.mmdb"), "GeoLite2-City");
  }

  /** The lines with one #, without it; what stands above for itself left out. */
  private static String uncommented(UnaryOperator<String> line) throws IOException {
    StringBuilder yaml = new StringBuilder();
    for (String one : Files.readAllLines(EXAMPLE)) {
      boolean key = one.startsWith("# ") || one.startsWith(ALTERNATIVE);
      yaml.append(key ? line.apply(one) : "").append('\n');
    }
    return yaml.toString();
  }

  private static String everyKey(String line) {
    return line.startsWith(ALTERNATIVE) ? "" : line.substring(2);
  }

  /** With ca_fingerprint instead of ca_file. */
  private static String alternatives(String line) {
    if (line.startsWith(ALTERNATIVE)) {
      return "  " + line.substring(ALTERNATIVE.length());
    }
    return line.contains(" ca_file:") ? "" : line.substring(2);
  }

  private IndexerConfig load(String yaml) throws Exception {
    return ConfigLoader.load(
        Files.writeString(folder.resolve("forensics.yml"), yaml),
        Map.of("HOSTNAME", "indexer-1", PayloadSettings.KEY, "shared by all"));
  }

  @Test
  void shouldLoadAsItStands() throws Exception {
    IndexerConfig config = load(Files.readString(EXAMPLE));

    assertThat(config.sensors()).extracting(SensorConfig::name).containsExactly("edge-1");
  }

  @Test
  void shouldTellTheDefaults() throws Exception {
    IndexerConfig config = load(uncommented(ExampleConfigurationTest::everyKey));
    IndexerConfig defaults = load("sensors: [{ name: edge-2, captures: /captures/edge-2 }]");

    SensorConfig sensor = config.sensors().get(0);
    assertThat(sensor.settings().flow()).isEqualTo(FlowSettings.defaults());
    assertThat(sensor.settings()).isEqualTo(defaults.sensors().get(0).settings());
    assertThat(sensor.timing()).isEqualTo(defaults.sensors().get(0).timing());
    assertThat(sensor.quiet()).isEqualTo(defaults.sensors().get(0).quiet());
    assertThat(config.detection().settings()).isEqualTo(DetectionSettings.defaults());
    assertThat(config.retention()).isEqualTo(defaults.retention());
    assertThat(config.http().url()).isEqualTo(defaults.http().url());
    assertThat(config.evidence()).isEqualTo(defaults.evidence());
    assertThat(config.state()).isEqualTo(defaults.state());
    assertThat(config.cluster().node()).isEqualTo(defaults.cluster().node());
    assertThat(config.cluster().checkIn()).isEqualTo(defaults.cluster().checkIn());
    assertThat(config.cluster().tenure()).isEqualTo(defaults.cluster().tenure());
    assertThat(config.elasticsearch().bulk())
        .isEqualTo(BulkSettings.defaults(config.state().resolve("dead-letters")));
    assertThat(config.elasticsearch().connectTimeout())
        .isEqualTo(defaults.elasticsearch().connectTimeout());
    assertThat(config.elasticsearch().requestTimeout())
        .isEqualTo(defaults.elasticsearch().requestTimeout());
    assertThat(config.elasticsearch().hosts()).isEqualTo(defaults.elasticsearch().hosts());
    assertThat(config.elasticsearch().namespace()).isEqualTo(defaults.elasticsearch().namespace());
  }

  @Test
  void shouldLoadWithTheAlternatives() throws Exception {
    IndexerConfig config = load(uncommented(ExampleConfigurationTest::alternatives));

    assertThat(config.elasticsearch().caFile()).isEmpty();
    assertThat(config.elasticsearch().caFingerprint()).isPresent();
  }

  @Test
  void shouldTellEveryKey() throws Exception {
    Set<String> told = new TreeSet<>();
    for (UnaryOperator<String> line :
        List.<UnaryOperator<String>>of(
            ExampleConfigurationTest::everyKey, ExampleConfigurationTest::alternatives)) {
      collect("", new Yaml(new LoaderOptions()).compose(reader(line)), told);
    }

    assertThat(told).isEqualTo(ConfigLoader.keys());
  }

  private static StringReader reader(UnaryOperator<String> line) throws IOException {
    return new StringReader(uncommented(line));
  }

  private static void collect(String path, Node node, Set<String> keys) {
    if (node instanceof MappingNode mapping) {
      mapping
          .getValue()
          .forEach(
              tuple -> {
                String key = ((ScalarNode) tuple.getKeyNode()).getValue();
                String full = path.isEmpty() ? key : path + "." + key;
                keys.add(full);
                collect(full, tuple.getValueNode(), keys);
              });
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> collect(path + "[0]", item, keys));
    }
  }
}
