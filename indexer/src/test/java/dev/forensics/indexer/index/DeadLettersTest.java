package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

  @TempDir private Path folder;

  private DeadLetters letters(long fileBytes) {
    return new DeadLetters(folder.resolve("dead"), new IndexNames("default"), CLOCK, fileBytes);
  }

  private static DeadLetters.Letter letter(String id, String document) {
    byte[] bytes = ("before" + document + "after").getBytes(StandardCharsets.UTF_8);
    int from = "before".length();
    return new DeadLetters.Letter(
        DocumentKind.ALARM,
        id,
        400,
        "document_parsing_exception",
        "line\nbreak \"quoted\"",
        bytes,
        from,
        bytes.length - "after".length());
  }

  @Test
  void shouldMakeNoFileWithoutALetter() throws IOException {
    letters(1_000).close();
    assertThat(folder.resolve("dead")).doesNotExist();
  }

  @Test
  void shouldWriteOneJsonObjectALine() throws IOException {
    try (DeadLetters letters = letters(1 << 20)) {
      letters.write(letter("a", "{\"x\":\"ü\"}"));
      letters.write(letter("b", "{\"broken\":"));
    }
    List<String> lines = Files.readAllLines(folder.resolve("dead").resolve(DeadLetters.FILE_NAME));
    assertThat(lines).hasSize(2);
    JsonNode whole = new ObjectMapper().readTree(lines.get(0));
    assertThat(whole.path("document").path("x").asText()).isEqualTo("ü");
    assertThat(whole.path("time").asText()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(whole.path("index").asText()).isEqualTo("logs-forensics.alarm-default");
    assertThat(whole.path("reason").asText()).isEqualTo("line\nbreak \"quoted\"");
    JsonNode broken = new ObjectMapper().readTree(lines.get(1));
    assertThat(broken.path("document").asText()).isEqualTo("{\"broken\":");
  }

  @Test
  void shouldKeepABoundedNumberOfBoundedFiles() throws IOException {
    try (DeadLetters letters = letters(500)) {
      for (int number = 0; number < 200; number++) {
        letters.write(letter("id-" + number, "{\"n\":" + number + "}"));
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve("dead"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSizeBetween(16, 17);
      for (Path file : all) {
        assertThat(Files.size(file)).isLessThan(1_000);
      }
    }
    assertThat(Files.readString(folder.resolve("dead").resolve("dead-letters.1.ndjson")))
        .contains("\"id-19");
  }

  @Test
  void shouldAppendToTheLettersOfAnEarlierRun() throws IOException {
    for (String id : List.of("first", "second")) {
      try (DeadLetters letters = letters(1 << 20)) {
        letters.write(letter(id, "{}"));
      }
    }
    assertThat(Files.readString(folder.resolve("dead").resolve(DeadLetters.FILE_NAME)))
        .contains("first")
        .contains("second");
  }
}
