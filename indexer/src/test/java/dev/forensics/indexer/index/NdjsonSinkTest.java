package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonSinkTest extends DocumentSinkContract {
  @TempDir private Path folder;

  @Override
  DocumentSink open() throws IOException {
    return new NdjsonSink(folder.resolve("out"));
  }

  @Override
  Map<String, String> stored(DocumentKind kind) throws IOException {
    Map<String, String> stored = new LinkedHashMap<>();
    ObjectMapper mapper = new ObjectMapper();
    for (String line : Files.readAllLines(file(kind))) {
      stored.put(mapper.readTree(line).path("event").path("id").asText(), line);
    }
    return stored;
  }

  private Path file(DocumentKind kind) {
    return folder.resolve("out").resolve(NdjsonSink.fileName(kind));
  }

  @Test
  void shouldAppendToWhatIsThere() throws Exception {
    try (DocumentSink sink = open()) {
      sink.accept(TestDocuments.flow(1));
    }
    try (DocumentSink sink = open()) {
      sink.accept(TestDocuments.flow(2));
    }
    assertThat(stored(DocumentKind.FLOW)).containsOnlyKeys("flow-1", "flow-2");
  }

  @Test
  void shouldDropALineTornByACrash() throws Exception {
    try (DocumentSink sink = open()) {
      sink.accept(TestDocuments.flow(1));
    }
    Files.write(
        file(DocumentKind.FLOW),
        "{\"event\":{\"id\":\"flo".getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);
    try (DocumentSink sink = open()) {
      sink.accept(TestDocuments.flow(2));
    }
    assertThat(stored(DocumentKind.FLOW)).containsOnlyKeys("flow-1", "flow-2");
  }

  @Test
  void shouldMakeAllThreeFiles() throws Exception {
    open().close();
    for (DocumentKind kind : DocumentKind.values()) {
      assertThat(file(kind)).isEmptyFile();
    }
  }
}
