package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files in kibana/ are sound and belong together; -Ddocs.update=true makes the one from them.
 */
class KibanaFilesTest {
  private static final Path FOLDER = Path.of("../kibana/saved-objects");
  private static final Path LINES = Path.of("../kibana/forensics.ndjson");

  @Test
  void shouldHaveTheLinesOfTheFiles() throws IOException {
    KibanaPack files = KibanaPack.read(FOLDER);
    if (Boolean.getBoolean("docs.update")) {
      files.write(FOLDER);
      files.write(LINES);
    }
    assertThat(Files.readString(LINES))
        .as("kibana/forensics.ndjson is stale: run this test with -Ddocs.update=true")
        .isEqualTo(files.ndjson());
  }

  @Test
  void shouldBeAsTheExportWouldWriteThem() throws IOException {
    KibanaPack files = KibanaPack.read(FOLDER);
    for (SavedObject object : files.objects()) {
      assertThat(FOLDER.resolve(KibanaPack.fileOf(object)))
          .as("%s: run this test with -Ddocs.update=true", object.key())
          .content()
          .isEqualTo(ReadableForm.pretty(object.json()));
    }
    try (Stream<Path> all = Files.walk(FOLDER)) {
      assertThat(all.filter(Files::isRegularFile)).hasSameSizeAs(files.objects());
    }
  }

  @Test
  void shouldHaveNoProblems() throws IOException {
    assertThat(KibanaCheck.problems(KibanaPack.read(FOLDER))).isEmpty();
  }

  @Test
  void shouldComeWithTheProgram() throws IOException {
    assertThat(KibanaPack.bundled()).isEqualTo(KibanaPack.read(LINES));
  }

  @Test
  void shouldShowEveryObjectSomewhere() throws IOException {
    KibanaPack pack = KibanaPack.bundled();
    List<String> used =
        pack.objects().stream()
            .flatMap(object -> object.references().stream())
            .map(SavedObject.Reference::key)
            .toList();
    assertThat(pack.objects())
        .filteredOn(object -> List.of("lens", "visualization", "links").contains(object.type()))
        .allSatisfy(object -> assertThat(used).contains(object.key()));
  }
}
