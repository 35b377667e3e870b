package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of interfaces and packets dropped at them, wherever pcapng tells them. */
class CaptureInterfacesTest {
  private static final List<TestPacket> PACKETS = TestPacket.some(9, 6, 60);

  @TempDir Path folder;

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private Path written(TestPcapng file) throws Exception {
    return Files.write(folder.resolve("capture.pcapng"), file.bytes());
  }

  private static CaptureInterfaces read(Path path) throws Exception {
    CaptureFile file = CaptureFile.probe(path).capture().orElseThrow();
    try (PositionedReader reader = file.openPositioned(new SingleThreadBlocks(), 0)) {
      PacketRecord record = new PacketRecord();
      while (reader.next(record)) {
        assertThat(record.capturedLength).isPositive();
      }
      return reader.interfaces();
    }
  }

  /** Statistics before, between and behind packets; the last of each interface counts. */
  private static TestPcapng everywhere(boolean bigEndian) {
    TestPcapng file = new TestPcapng().section(bigEndian);
    file.statistics(0, 5, file.int64(1_000)); // of an interface that is not described yet
    file.describe(1, 0, 2, name("eth0"), 9, new byte[] {6});
    file.enhanced(0, 1, PACKETS.get(0), "");
    file.statistics(0, 4, file.int64(50), 5, file.int64(1), 7, file.int64(2));
    file.describe(1, 0, 2, name("eth1\0"));
    file.enhanced(1, 2, PACKETS.get(1), "statistics stand in between");
    file.statistics(1, 5, file.int64(10));
    file.statistics(0, 4, file.int64(109), 5, file.int64(3), 7, file.int64(4));
    file.statistics(0, 8, file.int64(100), 6, file.int64(77), 5, new byte[4]);
    file.enhanced(0, 3, PACKETS.get(2), "");
    file.statistics(-1, 5, file.int64(1_000)).statistics(7, 5, file.int64(1_000));
    return file;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTakeTheLastStatisticsOfEachInterface(boolean bigEndian) throws Exception {
    CaptureInterfaces told = read(written(everywhere(bigEndian)));

    assertThat(told).isEqualTo(new CaptureInterfaces(List.of("eth0", "eth1"), 109, 13, 4, 100, 3));
    assertThat(told.dropped()).isEqualTo(17);
    assertThat(told.words())
        .isEqualTo(
            "17 packets are not in it: 13 dropped by the interface, 4 by the system (eth0, eth1)");
  }

  @Test
  void shouldAddUpSections() throws Exception {
    TestPcapng file = everywhere(true).section(false).describe(1, 0, 2, name("eth0"));
    file.statistics(0, 5, file.int64(100)).enhanced(0, 4, PACKETS.get(3), "");
    file.statistics(0, 5, file.int64(200));

    assertThat(read(written(file)))
        .isEqualTo(new CaptureInterfaces(List.of("eth0", "eth1"), 109, 213, 4, 100, 3));
  }

  @Test
  void shouldTakeWhatPacketsSayIsMissingBeforeThem() throws Exception {
    TestPcapng file = new TestPcapng().section(false).describe(1, 0);
    file.enhanced(0, 1, PACKETS.get(0), 5L).enhanced(0, 2, PACKETS.get(1), 6L);
    assertThat(read(written(file)).dropped()).isEqualTo(11);

    file.statistics(0, 5, file.int64(4), 7, file.int64(9)); // the same, counted as a whole
    assertThat(read(written(file)).dropped()).isEqualTo(13);
  }

  @Test
  void shouldSurviveNonsense() throws Exception {
    TestPcapng file = new TestPcapng().section(false).describe(1, 0, 2, new byte[0]);
    file.statistics(0, 5, file.int64(-1), 7, file.int64(Long.MAX_VALUE), 4, file.int64(-2));
    file.other(5, 0).other(5, 7).other(5, 30);
    file.enhanced(0, 1, PACKETS.get(0), Long.MAX_VALUE).enhanced(0, 2, PACKETS.get(1), -5L);

    CaptureInterfaces told = read(written(file));
    assertThat(told.names()).isEmpty();
    assertThat(told.misplaced()).isEqualTo(3);
    assertThat(told.droppedByInterface()).isEqualTo(Long.MAX_VALUE);
    assertThat(told.dropped()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldBoundNames() throws Exception {
    TestPcapng file = new TestPcapng().section(false);
    for (int i = 0; i < 100; i++) {
      file.describe(1, 0, 2, name("if" + i + "-".repeat(150)));
    }
    List<String> names = read(written(file.enhanced(0, 1, PACKETS.get(0), ""))).names();
    assertThat(names).hasSize(InterfaceCounts.MOST_NAMES).allMatch(name -> name.length() == 128);
  }

  /** All blocks before the place are read once more, so nothing is lost or counted twice. */
  @Test
  void shouldTellTheSameAfterGoingOn() throws Exception {
    Path path = written(everywhere(false));
    CaptureFile file = CaptureFile.probe(path).capture().orElseThrow();
    List<Long> ends = new ArrayList<>();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      PacketRecord record = new PacketRecord();
      while (reader.next(record)) {
        ends.add(reader.position());
      }
    }
    for (long end : ends) {
      try (PositionedReader reader = file.openPositioned(new SingleThreadBlocks(), end)) {
        PacketRecord record = new PacketRecord();
        while (reader.next(record)) {
          assertThat(record.capturedLength).isPositive();
        }
        assertThat(reader.interfaces()).isEqualTo(read(path));
      }
    }
  }
}
