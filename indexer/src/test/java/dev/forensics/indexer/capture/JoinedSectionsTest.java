package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections whose times overlap are found, and read side by side. */
class JoinedSectionsTest {
  private static final long START = 1_795_342_530_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  @Test
  void shouldFindNothingInASectionOfOneCapture() throws Exception {
    assertThat(JoinedSections.of(capture(section(0, 100, 50)))).isEmpty();
  }

  @Test
  void shouldFindNothingWhereSectionsFollowEachOther() throws Exception {
    assertThat(JoinedSections.of(capture(section(0, 100, 50), section(100, 200, 50)))).isEmpty();
  }

  @Test
  void shouldFindWhereTimesOverlap() throws Exception {
    byte[] first = section(1, 100, 50);
    List<SectionRun> runs = JoinedSections.of(capture(first, section(0, 90, 20)));

    assertThat(runs)
        .containsExactly(
            new SectionRun(0, first.length, START + SECOND),
            new SectionRun(first.length, Long.MAX_VALUE, START));
  }

  @Test
  @DisplayName("the sections of one ring behind those of another are one run")
  void shouldKeepSectionsTogetherThatAreInOrder() throws Exception {
    byte[] half = section(0, 50, 50);
    List<SectionRun> runs =
        JoinedSections.of(
            capture(half, section(50, 100, 50), section(0, 50, 30), section(50, 100, 30)));

    assertThat(runs).hasSize(2);
    assertThat(runs.get(1).start()).isEqualTo(half.length * 2L);
  }

  @Test
  void shouldNotBelieveASinglePacketOfAnotherTime() throws Exception {
    List<TestPacket> packets = new ArrayList<>(packets(0, 100, 50));
    packets.add(packet(2_000_000_000));

    assertThat(JoinedSections.of(capture(pcapng(packets), section(100, 200, 50)))).isEmpty();
  }

  @Test
  void shouldLeaveManySectionsAsTheyAre() throws Exception {
    byte[][] sections = Collections.nCopies(30, section(0, 10, 5)).toArray(byte[][]::new);

    assertThat(JoinedSections.of(capture(sections))).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("a long file is looked at in some places only")
  @CsvSource({"40000, 40000", "400, 60000", "60000, 400", "3000, 57000"})
  void shouldFindTheSectionsOfALongFile(int first, int second) throws Exception {
    CaptureFile joined = capture(section(0, 1000, first), section(1, 1000, second));
    CaptureFile inOrder = capture(section(0, 1000, first), section(1000, 2000, second));

    assertThat(joined.sizeBytes()).isGreaterThan(4 << 20);
    assertThat(JoinedSections.of(joined)).hasSize(2);
    assertThat(SectionSamples.runBack(inOrder)).isFalse();
  }

  @Test
  void shouldReadThemInTheOrderOfTime() throws Exception {
    byte[] server = section(1, 1000, 333);
    byte[] client = section(0, 1001, 222);
    CaptureFile capture = capture(server, client);
    List<Long> times = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    try (MergedReader reader =
        new MergedReader(List.of(capture), new SingleThreadBlocks(), (index, problem) -> {})) {
      while (reader.next(record)) {
        assertThat(reader.captureIndex()).isZero();
        assertThat(record.section == 0).isEqualTo(record.position < server.length);
        times.add(record.timestampNanos);
      }
      assertThat(reader.position(0)).isEqualTo(server.length + client.length);
      assertThat(reader.captures().trailingBytes(0)).isZero();
    }

    assertThat(times).hasSize(555).isSorted();
  }

  @Test
  @DisplayName("a cut in the last section is told, and nothing else is lost")
  void shouldTellACutAtTheEnd() throws Exception {
    byte[] server = section(1, 1000, 333);
    byte[] client = section(0, 1001, 222);
    CaptureFile capture = capture(server, Arrays.copyOf(client, client.length - 5));
    int count = 0;
    PacketRecord record = new PacketRecord();
    try (MergedReader reader =
        new MergedReader(List.of(capture), new SingleThreadBlocks(), (index, problem) -> {})) {
      while (reader.next(record)) {
        count++;
      }
      assertThat(reader.captures().trailingBytes(0)).isPositive();
    }
    assertThat(count).isEqualTo(554);
  }

  private CaptureFile capture(byte[]... sections) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] section : sections) {
      all.writeBytes(section);
    }
    Path file = Files.write(Files.createTempFile(folder, "joined", ".pcapng"), all.toByteArray());
    return CaptureFile.probe(file).capture().orElseThrow();
  }

  private static byte[] section(int from, int to, int count) throws IOException {
    return pcapng(packets(from, to, count));
  }

  /** Evenly from the first second up to the second one. */
  private static List<TestPacket> packets(int from, int to, int count) {
    List<TestPacket> packets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      packets.add(packet(from + (double) (to - from) * i / count));
    }
    return packets;
  }

  private static TestPacket packet(double seconds) {
    byte[] frame = new byte[60];
    frame[20] = (byte) seconds;
    return new TestPacket(1, 0, START + (long) (seconds * SECOND), frame.length, frame);
  }

  private static byte[] pcapng(List<TestPacket> packets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out, "")) {
      for (TestPacket packet : packets) {
        writer.write(packet.toRecord());
      }
    }
    return out.toByteArray();
  }
}
