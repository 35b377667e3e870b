package dev.forensics.indexer.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.cli.IndexerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample raises exactly the alarms that samples/expected.json promises. */
class SampleAlarmsTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path output;

  /** The files of a capture with its alarms, for the test's name and its run. */
  record Sample(List<String> files, Map<Expectation, Integer> alarms) {
    @Override
    public String toString() {
      return files.get(0);
    }
  }

  static List<Sample> samples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode capture : expected()) {
      List<String> files = new ArrayList<>();
      capture.path("files").forEach(file -> files.add(file.asText()));
      Map<Expectation, Integer> alarms = new TreeMap<>();
      for (JsonNode alarm : capture.path("alarms")) {
        String outcome = alarm.path("outcome").asText(null);
        String destination = alarm.path("destination").asText();
        String rule = alarm.path("rule").asText();
        alarms.put(new Expectation(rule, destination, outcome), alarm.path("count").asInt());
      }
      samples.add(new Sample(files, alarms));
    }
    return samples;
  }

  private static JsonNode expected() throws IOException {
    return JSON.readTree(SAMPLES.resolve("expected.json").toFile()).path("captures");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRaiseWhatIsExpected(Sample sample) throws IOException {
    assertThat(alarmsOf(sample.files())).isEqualTo(sample.alarms());
  }

  /** A ring that is listed in the wrong order is read in the right one. */
  @ParameterizedTest
  @MethodSource("samples")
  void shouldNotDependOnTheOrderOfFiles(Sample sample) throws IOException {
    List<String> files = new ArrayList<>(sample.files());
    Collections.reverse(files);
    assertThat(alarmsOf(files)).isEqualTo(sample.alarms());
  }

  @Test
  void shouldExpectSomethingOfEveryCapture() throws IOException {
    Set<String> listed = new TreeSet<>();
    samples().forEach(sample -> listed.addAll(sample.files()));
    Set<String> there = new TreeSet<>();
    for (String folder : List.of("recorded", "generated")) {
      try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
        files.forEach(file -> there.add(folder + "/" + file.getFileName()));
      }
    }
    assertThat(listed).isEqualTo(there);
  }

  private Map<Expectation, Integer> alarmsOf(List<String> files) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("ingest", "--to", "ndjson:" + output));
    files.forEach(file -> arguments.add(SAMPLES.resolve(file).toString()));
    int code = IndexerMain.execute(arguments.toArray(String[]::new));
    assertThat(code).isZero();
    Map<Expectation, Integer> alarms = new TreeMap<>();
    Path written = output.resolve("alarm.ndjson");
    for (String line : Files.exists(written) ? Files.readAllLines(written) : List.<String>of()) {
      JsonNode alarm = JSON.readTree(line);
      String rule = alarm.at("/rule/id").asText();
      String outcome = alarm.at("/forensics/alarm/outcome").asText(null);
      String destination = alarm.at("/destination/ip").asText();
      alarms.merge(new Expectation(rule, destination, outcome), 1, Integer::sum);
    }
    return alarms;
  }
}
