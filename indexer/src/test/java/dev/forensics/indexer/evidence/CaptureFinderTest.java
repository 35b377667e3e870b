package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.index.RecordedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture is found by what it is: where it was, where the ledger says, or anywhere. */
class CaptureFinderTest {
  private static final CaptureId UNKNOWN = new CaptureId("0".repeat(32));

  @TempDir private Path folder;
  private Path ring;
  private Path file;
  private CaptureId id;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void writeCapture() throws IOException {
    ring = Files.createDirectory(folder.resolve("ring"));
    file = TestFrame.write(ring.resolve("a"), TestTraffic.others(1, 50, TestTraffic.START, 1_000));
    id = CaptureFile.probe(file).capture().orElseThrow().id();
  }

  private RecordedPaths ledger(Path path) {
    return ids -> {
      asked.addAll(ids);
      return Map.of(
          id.value(),
          Stream.of("", "\0", path.toString()).map(p -> new RecordedPath("edge", p)).toList());
    };
  }

  private static WantedCapture wanted(CaptureId id) {
    return new WantedCapture("edge", id);
  }

  /** All files that are shown for a capture, until one of them is taken. */
  private static List<Path> shown(CaptureFinder finder, CaptureId id, Path taken)
      throws IOException {
    List<Path> shown = new ArrayList<>();
    finder.locate(
        Set.of(wanted(id)),
        (capture, file) -> {
          shown.add(file.path());
          return file.path().equals(taken);
        });
    return shown;
  }

  private static Path path(CaptureFinder finder, CaptureId id) throws IOException {
    List<Path> found = new ArrayList<>();
    finder.locate(Set.of(wanted(id)), (capture, file) -> found.add(file.path()));
    return found.isEmpty() ? null : found.get(0);
  }

  @Test
  void shouldAskTheLedgerOnceAndRememberThePlace() throws Exception {
    CaptureFinder finder = new CaptureFinder(ledger(file), List.of());
    assertThat(path(finder, id)).isEqualTo(file);
    assertThat(path(finder, id)).isEqualTo(file);
    assertThat(asked).containsExactly(id.value());
  }

  /** Several files may begin with the same packet; the sensor's own comes first. */
  @Test
  void shouldShowTheSensorsOwnFirstAndThenEveryOtherFileWithTheSameBeginning() throws Exception {
    Path extract = Files.copy(file, ring.resolve("extract"));
    Path copy = Files.copy(file, folder.resolve("copy"));
    RecordedPaths both =
        ids ->
            Map.of(
                id.value(),
                List.of(
                    new RecordedPath("case", copy.toString()),
                    new RecordedPath("edge", file.toString())));
    CaptureFinder finder = new CaptureFinder(both, List.of(ring));

    assertThat(shown(finder, id, null)).containsExactly(file, copy, extract);
    assertThat(shown(finder, id, extract)).containsExactly(file, copy, extract);
    assertThat(shown(finder, id, extract)).containsExactly(extract);
  }

  @Test
  void shouldSearchTheFoldersWhenAnotherCaptureLiesThere() throws Exception {
    CaptureFinder finder = new CaptureFinder(ledger(file), List.of(ring, folder.resolve("none")));
    assertThat(path(finder, id)).isEqualTo(file);
    Path sub = Files.createDirectory(ring.resolve("old"));
    Path moved = TestFrame.gzip(Files.move(file, sub.resolve("b")));
    TestFrame.write(file, TestTraffic.others(2, 50, TestTraffic.START, 1_000));

    assertThat(path(finder, id)).isEqualTo(moved);
    Files.delete(moved);
    assertThat(path(finder, id)).isNull();
  }

  @Test
  void shouldFindWhatItCanWithoutTheLedger() throws Exception {
    RecordedPaths broken =
        ids -> {
          throw new IOException("no answer");
        };
    CaptureFinder finder = new CaptureFinder(broken, List.of(ring));

    assertThat(path(finder, id)).isEqualTo(file);
    assertThatThrownBy(
            () -> finder.locate(Set.of(wanted(id), wanted(UNKNOWN)), (capture, found) -> true))
        .isInstanceOf(IOException.class)
        .hasMessage("no answer");
  }
}
