package dev.forensics.indexer.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oldest files go, others' stay, nothing is overwritten. */
class FileRingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:00Z");

  @TempDir Path folder;

  @Test
  void shouldKeepTheNewest() throws IOException {
    write(new FileRing(folder, "eth0", 3), 7);

    assertThat(names())
        .containsExactly(
            "eth0_20261122T101505Z_00000005.pcap",
            "eth0_20261122T101506Z_00000006.pcap",
            "eth0_20261122T101507Z_00000007.pcap");
  }

  @Test
  void shouldKeepAllWithoutABound() throws IOException {
    write(new FileRing(folder, "eth0", 0), 40);

    assertThat(names()).hasSize(40);
  }

  @Test
  void shouldGoOnWithTheFilesOfAnEarlierRun() throws IOException {
    write(new FileRing(folder, "eth0", 3), 3);
    write(new FileRing(folder, "eth0", 3), 1);

    assertThat(names())
        .containsExactly(
            "eth0_20261122T101502Z_00000002.pcap",
            "eth0_20261122T101503Z_00000003.pcap",
            "eth0_20261122T101503Z_00000004.pcap");
  }

  @Test
  void shouldLeaveOtherFilesAlone() throws IOException {
    Files.createFile(folder.resolve("eth0.pcap"));
    Files.createFile(folder.resolve("eth1_20261122T101502Z_00000002.pcap"));
    write(new FileRing(folder, "eth0", 1), 5);

    assertThat(names())
        .containsExactly(
            "eth0.pcap",
            "eth0_20261122T101505Z_00000005.pcap",
            "eth1_20261122T101502Z_00000002.pcap");
  }

  @Test
  void shouldNeverOverwrite() throws IOException {
    FileRing one = new FileRing(folder, "eth0", 0);
    FileRing other = new FileRing(folder, "eth0", 0);
    one.create(NOW);

    assertThatThrownBy(() -> other.create(NOW)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void shouldNotMindAFileThatIsGone() throws IOException {
    FileRing ring = new FileRing(folder, "eth0", 1);
    Files.delete(ring.create(NOW));
    write(ring, 1);

    assertThat(names()).hasSize(1);
  }

  @Test
  void shouldMakeTheFolderAndFilesThatOthersCannotRead() throws IOException {
    Path file = new FileRing(folder.resolve("new/one"), "eth0", 1).create(NOW);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .matches("rw-(r--|---)---");
  }

  private void write(FileRing ring, int files) throws IOException {
    for (int i = 1; i <= files; i++) {
      ring.create(NOW.plusSeconds(i));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
