package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the same packets again gives the same documents, however they lie on disk. */
class SameDocumentsTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static Map<String, JsonNode> reference;

  @TempDir Path folder;

  @BeforeAll
  static void readOnce() throws Exception {
    reference = CollectedDocuments.of(List.of(SAMPLES), 1).comparable();
    assertThat(reference).hasSizeGreaterThan(500);
  }

  @Test
  void shouldNotDependOnTheOrderInWhichCapturesAreNamed() throws Exception {
    List<Path> shuffled = captures();
    Collections.shuffle(shuffled, new Random(7));

    assertThat(CollectedDocuments.of(shuffled, 1).comparable()).isEqualTo(reference);
  }

  @Test
  void shouldNotDependOnNamesAndCompression() throws Exception {
    int number = 0;
    for (Path capture : captures()) {
      copy(capture, folder.resolve("renamed-" + number), number % 3);
      number++;
    }

    assertThat(CollectedDocuments.of(List.of(folder), 1).comparable()).isEqualTo(reference);
  }

  @Test
  void shouldReadACaptureOnceThatLiesThereTwice() throws Exception {
    for (Path capture : captures()) {
      copy(capture, folder.resolve(capture.getFileName() + ".gz"), 1);
    }

    assertThat(CollectedDocuments.of(List.of(SAMPLES, folder), 1).comparable())
        .isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void shouldNotDependOnTheNumberOfWorkers(int workers) throws Exception {
    assertThat(CollectedDocuments.of(List.of(SAMPLES), workers).comparable()).isEqualTo(reference);
  }

  @Test
  void shouldWriteAFlowOverSeveralFilesAsOneDocument() throws Exception {
    List<Path> ring = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ring.add(SAMPLES.resolve("recorded/ring.pcap" + i));
    }
    List<JsonNode> flows = CollectedDocuments.of(ring, 1).of(DocumentKind.FLOW);

    assertThat(flows)
        .anySatisfy(flow -> assertThat(flow.at("/forensics/packets/captures").size()).isEqualTo(3));
    assertThat(flows)
        .allSatisfy(
            flow -> assertThat(flow.at("/forensics/quality/midstream").asBoolean()).isFalse());
  }

  private static List<Path> captures() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return new ArrayList<>(
          files
              .filter(file -> file.getFileName().toString().matches(".*\\.pcap(ng|\\d)?"))
              .toList());
    }
  }

  private static void copy(Path from, Path to, int how) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = open(to, how)) {
      in.transferTo(out);
    }
  }

  private static OutputStream open(Path to, int how) throws IOException {
    OutputStream file = Files.newOutputStream(to);
    return switch (how) {
      case 1 -> new GZIPOutputStream(file);
      case 2 -> new XZCompressorOutputStream(file);
      default -> file;
    };
  }
}
