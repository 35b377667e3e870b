package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Documents stay as they are, byte for byte; -Dgolden.update=true takes new ones over. */
class GoldenDocumentsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/document");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> shouldStayAsTheyAre() {
    return SampleDocuments.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> compare(entry.getKey(), entry.getValue())));
  }

  @Test
  void shouldGiveEqualContentForEqualPackets() {
    SampleDocuments.all()
        .forEach(
            (name, document) ->
                assertThat(DocumentContent.comparable(document.json()))
                    .isEqualTo(DocumentContent.comparable(SampleDocuments.all().get(name).json())));
  }

  private static void compare(String name, EcsDocument document) throws IOException {
    Path file = FOLDER.resolve(name + ".json");
    String pretty =
        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(document.json()))
            + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, pretty);
    }
    assertThat(file).exists();
    assertThat(pretty).isEqualTo(Files.readString(file));
    assertThat(document.json()).doesNotContain((byte) 10);
    assertThat(document.id()).isNotEmpty();
  }
}
