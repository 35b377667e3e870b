package dev.forensics.indexer.metamorphic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where traffic comes from. */
final class Sources {
  static final Path SHARED = Path.of("../../shared/captures");
  private static final Path SAMPLES = Path.of("../samples");

  private Sources() {}

  /** Every capture of the samples, rings as one. */
  static List<Traffic> samples() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(SAMPLES.resolve("expected.json").toFile());
    List<Traffic> all = new ArrayList<>();
    for (JsonNode capture : expected.path("captures")) {
      List<Path> files = new ArrayList<>();
      capture.path("files").forEach(file -> files.add(SAMPLES.resolve(file.asText())));
      all.add(Traffic.of(capture.path("files").get(0).asText(), files));
    }
    return all;
  }

  /** Every shared capture with ground truth, in the order of names. */
  static List<String> shared() throws IOException {
    try (Stream<Path> files = Files.walk(SHARED)) {
      return files
          .map(file -> SHARED.relativize(file).toString())
          .filter(name -> name.matches(".*\\.(gt|expected)\\.json"))
          .map(name -> name.replaceAll("\\.(gt|expected)\\.json$", ""))
          .filter(name -> Files.isRegularFile(SHARED.resolve(name)))
          .distinct()
          .sorted()
          .toList();
    }
  }

  static Traffic shared(String name) {
    return Traffic.of(name, List.of(SHARED.resolve(name)));
  }
}
