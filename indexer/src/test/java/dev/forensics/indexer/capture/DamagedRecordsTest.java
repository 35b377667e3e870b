package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that cannot be a record amid a capture: told, and reading goes on behind them. */
class DamagedRecordsTest {
  private static final int ROUNDS = 30;

  @TempDir private Path folder;
  private Path path;
  private final Recording told = new Recording();

  static Stream<CaptureShape> shapes() {
    return CaptureShape.plain().filter(shape -> !shape.toString().contains("everything"));
  }

  @BeforeEach
  void name() {
    path = folder.resolve("capture");
  }

  /** The head of a record is overwritten. */
  @ParameterizedTest
  @MethodSource("shapes")
  void losesNoOtherRecord(CaptureShape shape) throws IOException {
    Random random = new Random(20261130);
    List<TestPacket> packets = shape.expected(TestPacket.some(5, 60, 900));
    byte[] file = shape.file().of(packets);
    List<Integer> starts = starts(file);
    for (int round = 0; round < ROUNDS; round++) {
      int which = 1 + random.nextInt(58);
      byte[] damaged = file.clone();
      byte[] garbage = new byte[16];
      random.nextBytes(garbage);
      Arrays.fill(garbage, 4, 12, (byte) (0x40 + random.nextInt(0xB0))); // no length fits
      System.arraycopy(garbage, 0, damaged, starts.get(which), garbage.length);
      checkAllBut(which, packets, damaged, "%s, record %d".formatted(shape, which));
    }
  }

  private void checkAllBut(int which, List<TestPacket> packets, byte[] damaged, String what)
      throws IOException {
    told.damages.clear();
    List<TestPacket> others = new ArrayList<>(packets);
    others.remove(which);
    assertThat(told.readAll(Captures.write(path, damaged))).as(what).isEqualTo(others);
    assertThat(told.failures).as(what).isEmpty();
    assertThat(told.damages).as(what).hasSize(1);
    assertThat(told.damages.get(0).problem())
        .contains("the file is damaged here", "reading goes on behind them");
  }

  /** The length is within bounds, but the capture ends before it. */
  @ParameterizedTest
  @MethodSource("shapes")
  void losesNothingBehindALengthThatReachesPastTheEnd(CaptureShape shape) throws IOException {
    List<TestPacket> packets = shape.expected(TestPacket.some(5, 40, 300));
    byte[] file = shape.file().of(packets);
    int start = starts(file).get(30);
    byte[] damaged = file.clone();
    boolean isBlock = damaged[0] == 0x0A;
    int at = start + (isBlock ? 4 : 8);
    for (int i = 0; i < (isBlock ? 4 : 8); i++) {
      damaged[at + i] = (byte) (i % 4 == 1 || i % 4 == 2 ? 1 : 0); // 0x00010100 either way
    }
    checkAllBut(30, packets, damaged, shape.toString());
  }

  @Test
  void readsWhatStandsBehindGarbageThatWasInserted() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    int place = starts(file).get(7);
    for (int length : new int[] {16, 100, 5001, 600_000}) {
      byte[] garbage = new byte[length];
      new Random(length).nextBytes(garbage);
      Arrays.fill(garbage, 8, 12, (byte) 0x7F);
      byte[] longer = new byte[file.length + length];
      System.arraycopy(file, 0, longer, 0, place);
      System.arraycopy(garbage, 0, longer, place, length);
      System.arraycopy(file, place, longer, place + length, file.length - place);
      for (Compression compression : List.of(Compression.NONE, Compression.GZIP)) {
        told.damages.clear();
        byte[] stored =
            compression == Compression.NONE
                ? longer
                : TestCompression.compress(compression, longer);
        assertThat(told.readAll(Captures.write(path, stored))).isEqualTo(packets);
        assertThat(told.damages).hasSize(1);
        assertThat(told.damages.get(0).from()).isEqualTo(place);
        assertThat(told.damages.get(0).to()).isEqualTo(place + length);
      }
    }
  }

  /** Records that are near one another prove themselves, near to what was read before or not. */
  @ParameterizedTest
  @ValueSource(longs = {400, -400, 30, 10_000})
  void findsRecordsBehindADamageWhereTheClockWasSet(long days) throws IOException {
    long step = days * 86_400_000_000_000L;
    for (int inserted = 1; inserted <= 20; inserted++) {
      List<TestPacket> packets = new ArrayList<>();
      for (TestPacket packet : TestPacket.some(7, 40, 300)) {
        int steps = days == 30 ? packets.size() : packets.size() / 20;
        packets.add(packet.at(packet.nanos() + steps * step));
      }
      byte[] file = TestPcap.littleEndian().file(packets);
      int place = starts(file).get(20) + inserted % 16;
      byte[] longer = new byte[file.length + inserted];
      System.arraycopy(file, 0, longer, 0, place);
      Arrays.fill(longer, place, place + inserted, (byte) 0x37);
      System.arraycopy(file, place, longer, place + inserted, file.length - place);
      told.clear();
      List<TestPacket> others = new ArrayList<>(packets);
      others.remove(20);
      String what = inserted + " bytes, " + days + " days";
      assertThat(told.readAll(Captures.write(path, longer))).as(what).containsAll(others);
      assertThat(told.damages).as(what).isNotEmpty();
    }
  }

  @Test
  void failsWhereNothingProvesARecordBehindIt() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 6, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    byte[] longer = Arrays.copyOf(file, file.length + 5000);
    Arrays.fill(longer, file.length, longer.length, (byte) 0x7F);
    assertThat(told.readAll(Captures.write(path, longer))).isEqualTo(packets);
    assertThat(told.failures)
        .singleElement()
        .asString()
        .contains("at byte " + file.length + ": record");
    assertThat(told.damages).isEmpty();
  }

  /** A last record that is cut stays one, for what stands in its packet is not a capture. */
  @Test
  void takesACutLastRecordForWhatItIs() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 900);
    byte[] file = TestPcap.littleEndian().file(packets);
    int last = starts(file).get(19);
    for (int length = last + 1; length < file.length; length++) {
      assertThat(told.readAll(Captures.write(path, Arrays.copyOf(file, length)))).hasSize(19);
    }
    assertThat(told.damages).isEmpty();
    assertThat(told.failures).isEmpty();
  }

  /** The writer may still be at it: whoever follows the file waits, and is told once. */
  @Test
  void waitsForADamageInAGrowingFile() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    for (CaptureShape shape : shapes().toList()) {
      told.clear();
      List<TestPacket> expected = shape.expected(packets);
      byte[] file = shape.file().of(packets);
      byte[] damaged = file.clone();
      int place = starts(file).get(7);
      Arrays.fill(damaged, place + 4, place + 16, (byte) 0x7F);
      try (MergedReader reader = told.following()) {
        reader.add(Captures.write(path, damaged), 0);
        List<TestPacket> read = Recording.drain(reader);
        assertThat(read).as("%s", shape).isEqualTo(expected.subList(0, read.size()));
        assertThat(read.size()).isBetween(6, 7);
        assertThat(reader.holes().isBefore(0)).isTrue();
        reader.wake();
        assertThat(Recording.drain(reader)).isEmpty();
        reader.holes().passTo(0, file.length);
        reader.wake();
        read.addAll(Recording.drain(reader));
        assertThat(read).as("%s", shape).containsSubsequence(expected.subList(8, 20)).hasSize(19);
        assertThat(reader.holes().isBefore(0)).isFalse();
      }
      assertThat(told.damages).hasSize(1);
      assertThat(told.failures).isEmpty();
    }
  }

  private List<Integer> starts(byte[] file) throws IOException {
    return Recording.borders(path, file);
  }
}
