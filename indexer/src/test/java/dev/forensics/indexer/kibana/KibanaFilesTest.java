package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** A page's filter on a field that another page's documents lack would empty that page. */
  @Test
  void shouldLeaveFiltersBehindOnTheWayToAnotherPage() throws IOException {
    List<JsonNode> ways = new ArrayList<>();
    for (SavedObject object : KibanaPack.bundled().objects()) {
      object.attributes().path("links").forEach(link -> ways.add(link.path("options")));
      object.attributes().path("panelsJSON").findParents("factoryId").stream()
          .map(action -> action.path("config"))
          .forEach(ways::add);
    }
    assertThat(ways)
        .hasSizeGreaterThan(10)
        .allSatisfy(way -> assertThat(way.path("useCurrentFilters").asBoolean(true)).isFalse());
  }

  /** Ingest health goes by another time: a range of packet times would empty it, and vice versa. */
  @Test
  void shouldLeaveTheTimeBehindOnTheWayToAndFromIngestHealth() throws IOException {
    for (SavedObject links : KibanaPack.bundled().objects()) {
      boolean health = links.id().endsWith("-health");
      for (JsonNode link : links.attributes().path("links")) {
        boolean packets = !health && !link.path("id").asText().equals("ingest-health");
        assertThat(link.at("/options/useCurrentDateRange").asBoolean())
            .as("%s to %s", links.id(), link.path("id"))
            .isEqualTo(packets);
      }
    }
  }
}
