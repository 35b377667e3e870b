package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is made from the field catalogue is up to date; -Ddocs.update=true brings it so. */
class GeneratedFilesTest {
  private static final Path TEMPLATES = Path.of("src/main/resources/elasticsearch");
  private static final Path REFERENCE = Path.of("../docs/fields.md");

  @TestFactory
  Stream<DynamicTest> shouldBeUpToDate() {
    Stream<DynamicTest> components =
        IndexTemplates.COMPONENTS.stream()
            .map(name -> file("component-templates", name, TemplateFiles.component(name)));
    Stream<DynamicTest> indexes =
        IndexTemplates.INDEXES.stream()
            .map(name -> file("index-templates", name, TemplateFiles.index(name)));
    Stream<DynamicTest> reference =
        Stream.of(
            DynamicTest.dynamicTest(
                "docs/fields.md", () -> compare(REFERENCE, FieldsReference.markdown())));
    return Stream.of(components, indexes, reference).flatMap(tests -> tests);
  }

  private static DynamicTest file(String folder, String name, ObjectNode expected) {
    Path path = TEMPLATES.resolve(folder).resolve(name + ".json");
    return DynamicTest.dynamicTest(
        folder + "/" + name, () -> compare(path, pretty(expected) + "\n"));
  }

  private static void compare(Path path, String expected) throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, expected);
    }
    assertThat(path).exists();
    assertThat(Files.readString(path))
        .as("%s is stale: run this test with -Ddocs.update=true", path)
        .isEqualTo(expected);
  }

  private static String pretty(ObjectNode json) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(lines)
            .withArrayIndenter(lines);
    return new ObjectMapper().writer(printer).writeValueAsString(json);
  }
}
