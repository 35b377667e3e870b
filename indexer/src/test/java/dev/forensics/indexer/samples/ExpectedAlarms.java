package dev.forensics.indexer.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * samples/expected.json: for each capture (a rotated one is several files) the alarms that have to
 * come out of it. The entries of generated captures are made anew; those of recorded ones, which
 * are written by hand, stay.
 */
final class ExpectedAlarms {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;
  private final TreeMap<String, ObjectNode> captures = new TreeMap<>();

  ExpectedAlarms(Path path) throws IOException {
    this.path = path;
    if (Files.exists(path)) {
      for (var capture : JSON.readTree(path.toFile()).path("captures")) {
        String first = capture.path("files").path(0).asText();
        if (!first.startsWith("generated/")) {
          captures.put(first, (ObjectNode) capture);
        }
      }
    }
  }

  void put(List<String> files, Map<Expectation, Integer> expected) {
    ObjectNode capture = JSON.createObjectNode();
    files.forEach(capture.putArray("files")::add);
    ArrayNode alarms = capture.putArray("alarms");
    expected.forEach(
        (expectation, count) -> {
          ObjectNode alarm = alarms.addObject();
          alarm.put("destination", expectation.destination());
          alarm.put("rule", expectation.rule());
          if (expectation.outcome() != null) {
            alarm.put("outcome", expectation.outcome());
          }
          alarm.put("count", count);
        });
    captures.put(files.get(0), capture);
  }

  void save() throws IOException {
    ObjectNode file = JSON.createObjectNode();
    file.put(
        "//", "What samples/ has to raise; checked by a test. Outcome only where a rule grades.");
    captures.values().forEach(file.putArray("captures")::add);
    Files.writeString(path, JSON.writeValueAsString(file) + "\n", StandardCharsets.UTF_8);
  }
}
