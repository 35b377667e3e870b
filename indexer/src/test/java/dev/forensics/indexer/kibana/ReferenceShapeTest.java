package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The pack, key by key: each is one that Kibana 8.12.2 exported itself (exported-shape.txt), or
 * stands with its public source in documented-shape.txt. A Kibana refuses a whole page for one key
 * that it does not know, and no Kibana runs here.
 */
class ReferenceShapeTest {
  private static final Path RESOURCES = Path.of("src/test/resources/kibana");
  private static final Path EXPORTED = RESOURCES.resolve("exported-shape.txt");
  private static final Path REFERENCE = Path.of("../../shared/kibana-reference/export.ndjson");

  @Test
  void shouldHaveOnlyKeysThatAreProven() throws IOException {
    SortedSet<String> known = new TreeSet<>(Files.readAllLines(EXPORTED));
    known.addAll(documented());

    assertThat(paths(KibanaPack.bundled())).isSubsetOf(known);
  }

  @Test
  void shouldDocumentNothingThatIsNotUsed() throws IOException {
    assertThat(documented())
        .isSubsetOf(paths(KibanaPack.bundled()))
        .doesNotContainAnyElementsOf(Files.readAllLines(EXPORTED));
  }

  @Test
  void shouldHaveTheShapeOfTheExport() throws IOException {
    assumeTrue(Files.exists(REFERENCE), "no " + REFERENCE + ": the export of a Kibana 8.12.2");
    List<String> shape = List.copyOf(paths(KibanaPack.read(REFERENCE)));
    if (Boolean.getBoolean("docs.update")) {
      Files.write(EXPORTED, shape);
    }
    assertThat(Files.readAllLines(EXPORTED)).isEqualTo(shape);
  }

  /** Lines of the shape; a line that begins with # is the source of those below it. */
  private static List<String> documented() throws IOException {
    return Files.readAllLines(RESOURCES.resolve("documented-shape.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static SortedSet<String> paths(KibanaPack pack) {
    SortedSet<String> all = new TreeSet<>();
    pack.objects().forEach(object -> all.addAll(ObjectPaths.of(object)));
    return all;
  }
}
