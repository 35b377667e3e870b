package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nanoseconds under the magic number of microseconds. */
class SubSecondsTest {
  @TempDir private Path folder;
  private final Recording told = new Recording();

  private List<TestPacket> read(byte[] file) throws IOException {
    return told.readAll(Captures.write(folder.resolve("a"), file));
  }

  private static List<TestPacket> packets(int count) {
    Random random = new Random(7);
    List<TestPacket> packets = new ArrayList<>();
    long nanos = TestPacket.START + 123_456_789;
    for (int i = 0; i < count; i++) {
      packets.add(new TestPacket(1, 0, nanos, 60, new byte[] {1, 2, 3, (byte) i}));
      nanos += random.nextInt(300_000_000);
    }
    return packets;
  }

  /** The file says microseconds and holds nanoseconds. */
  private static byte[] mislabelled(List<TestPacket> packets, boolean bigEndian) {
    byte[] file = new TestPcap(TestPcap.NANOSECONDS, bigEndian, 4).file(packets);
    ByteBuffer numbers = ByteBuffer.wrap(file);
    numbers.putInt(
        0, bigEndian ? TestPcap.MICROSECONDS : Integer.reverseBytes(TestPcap.MICROSECONDS));
    return file;
  }

  @Test
  void readsThemRightAndTellsIt() throws IOException {
    for (int count : new int[] {1, 2, 8, 500}) {
      for (boolean bigEndian : new boolean[] {false, true}) {
        told.clear();
        List<TestPacket> packets = packets(count);
        assertThat(read(mislabelled(packets, bigEndian))).isEqualTo(packets);
        assertThat(told.failures).isEmpty();
        assertThat(told.oddities).containsExactly(folder.resolve("a") + ": " + SubSeconds.WORDS);
      }
    }
  }

  @Test
  void readsTheSameWhereverReadingBegins() throws IOException {
    List<TestPacket> packets = packets(50);
    Path path = folder.resolve("a");
    Files.write(path, mislabelled(packets, false));
    CaptureFile capture = CaptureFile.probe(path).capture().orElseThrow();
    assertThat(capture.firstPacketNanos()).isEqualTo(packets.get(0).nanos());
    PacketRecord record = new PacketRecord();
    try (CaptureReader reader = capture.open(new SingleThreadBlocks(), 24 + 20 * 20)) {
      assertThat(reader.next(record)).isTrue();
      assertThat(record.timestampNanos).isEqualTo(packets.get(20).nanos());
    }
  }

  @Test
  void leavesMicrosecondsAlone() throws IOException {
    List<TestPacket> packets = TestPacket.some(3, 50, 100);
    byte[] file = TestPcap.littleEndian().file(packets);
    assertThat(read(file)).isEqualTo(packets);
    ByteBuffer.wrap(file).putInt(28, Integer.reverseBytes(1_000_005)); // a second left there
    assertThat(read(file).get(0).nanos()).isEqualTo(TestPacket.START + 1_000_005_000L);
    assertThat(told.oddities).isEmpty();
  }

  @Test
  @DisplayName("bytes that do not belong there, behind the first record, decide nothing")
  void doesNotJudgeByARecordReadFromAWrongPlace() throws IOException {
    for (int seed = 1; seed <= 5; seed++) {
      List<TestPacket> packets = TestPacket.some(seed, 20, 100);
      byte[] file = TestPcap.littleEndian().file(packets);
      int second = 24 + 16 + packets.get(0).bytes().length;
      for (int stray = 1; stray <= 3; stray++) {
        byte[] damaged = new byte[file.length + stray];
        System.arraycopy(file, 0, damaged, 0, second);
        System.arraycopy(file, second, damaged, second + stray, file.length - second);
        assertThat(read(damaged).get(0)).isEqualTo(packets.get(0));
        assertThat(told.oddities).as("seed %d, %d bytes", seed, stray).isEmpty();
      }
    }
  }
}
