package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at a folder finds; FollowedSensorIT has the folders that change while read. */
class FolderScanTest {
  private static final Path SAMPLE = Path.of("../samples/generated/http2-preface.pcap");

  @TempDir Path folder;

  private List<Path> found(List<String> include, List<String> exclude) throws IOException {
    return new FolderScan(folder, include, exclude)
        .scan().captures().stream().map(CaptureFile::path).toList();
  }

  @Test
  void shouldNameAFolderThatIsNotThereAndFindItLater() throws IOException {
    Path later = folder.resolve("later");
    FolderScan scan = new FolderScan(later, List.of(), List.of());

    FolderScan.Found before = scan.scan();
    Files.createDirectories(later);
    Files.copy(SAMPLE, later.resolve("a.pcap"));
    FolderScan.Found after = scan.scan();

    assertThat(before.captures()).isEmpty();
    assertThat(before.failures())
        .extracting(CaptureFailure::problem)
        .containsExactly(later + ": is not a folder, or cannot be reached");
    assertThat(after.captures()).hasSize(1);
    assertThat(after.failures()).isEmpty();
  }

  @Test
  void shouldLookAtTheNamesThatAreWanted() throws IOException {
    Files.copy(SAMPLE, folder.resolve("a.pcap"));
    Files.writeString(folder.resolve("notes.txt"), "no capture");

    assertThat(found(List.of(), List.of())).containsExactly(folder.resolve("a.pcap"));
    assertThat(found(List.of("*.pcap*"), List.of())).containsExactly(folder.resolve("a.pcap"));
    assertThat(found(List.of("*.pcapng"), List.of())).isEmpty();
    assertThat(found(List.of(), List.of("a*"))).isEmpty();
  }

  @Test
  void shouldNoticeANameThatIsUsedAgain() throws IOException {
    Path name = folder.resolve("ring.pcap0");
    Files.copy(SAMPLE, name);
    FolderScan scan = new FolderScan(folder, List.of(), List.of());
    CaptureId first = scan.scan().captures().get(0).id();

    Files.delete(name);
    Files.copy(SAMPLE.resolveSibling("midstream.pcap"), name);

    assertThat(scan.scan().captures()).hasSize(1).noneMatch(file -> file.id().equals(first));
  }
}
