package dev.forensics.indexer.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated samples are what their generator makes; -Dsamples.update=true writes them. */
class SampleCapturesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path fresh;

  @Test
  void shouldHaveCommittedWhatTheGeneratorMakes() throws IOException {
    if (Boolean.getBoolean("samples.update")) {
      deleteFiles(SAMPLES.resolve("generated"));
      SampleCaptures.write(SAMPLES);
    }
    Files.copy(SAMPLES.resolve("expected.json"), fresh.resolve("expected.json"));
    SampleCaptures.write(fresh);
    assertThat(names(SAMPLES.resolve("generated"))).isEqualTo(names(fresh.resolve("generated")));
    for (String name : names(fresh.resolve("generated"))) {
      assertThat(SAMPLES.resolve("generated").resolve(name))
          .hasSameBinaryContentAs(fresh.resolve("generated").resolve(name));
    }
    assertThat(SAMPLES.resolve("expected.json"))
        .hasSameTextualContentAs(fresh.resolve("expected.json"));
  }

  @Test
  void shouldStaySmallEnoughForEveryClone() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThan(1_500_000);
  }

  private static Set<String> names(Path folder) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    return names;
  }

  private static void deleteFiles(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (String name : names(folder)) {
        Files.delete(folder.resolve(name));
      }
    }
  }
}
