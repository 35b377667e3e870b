package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** Zeros amid a capture: told, and reading goes on behind them; in a growing file waited for. */
class HolesTest {
  private static final int HEAD = 32;

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

  @ParameterizedTest
  @MethodSource("shapes")
  void readsWhatStandsBehindAHole(CaptureShape shape) throws IOException {
    Random random = new Random(20261130);
    List<TestPacket> packets = shape.expected(TestPacket.some(5, 60, 900));
    byte[] file = shape.file().of(packets);
    List<Integer> starts = starts(file);
    for (int round = 0; round < 60; round++) {
      int first = 1 + random.nextInt(50);
      int last = first + random.nextInt(8);
      int from = starts.get(first);
      if (random.nextBoolean()) {
        from = Math.min(from + HEAD + random.nextInt(200), starts.get(first + 1));
      }
      int to = starts.get(last + 1) + (random.nextBoolean() ? 0 : HEAD);
      byte[] holed = file.clone();
      Arrays.fill(holed, from, to, (byte) 0);
      check(shape, packets, starts, holed, from, to);
    }
  }

  private void check(
      CaptureShape shape,
      List<TestPacket> packets,
      List<Integer> starts,
      byte[] holed,
      int from,
      int to)
      throws IOException {
    String what = "%s: zeros from %d to %d".formatted(shape, from, to);
    told.damages.clear();
    List<TestPacket> read = told.readAll(Captures.write(path, holed));
    assertThat(told.failures).as(what).isEmpty();
    List<TestPacket> intact = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      long end = i + 1 < starts.size() ? starts.get(i + 1) : holed.length;
      if (end <= from || starts.get(i) >= to) {
        intact.add(packets.get(i));
      }
    }
    assertThat(read).as(what).containsSubsequence(intact);
    assertThat(read.size()).as(what).isLessThanOrEqualTo(intact.size() + 1);
    boolean isHeadLost = starts.stream().anyMatch(start -> start >= from && start < to);
    if (isHeadLost) {
      assertThat(told.damages).as(what).hasSize(1);
    }
    assertThat(told.damages)
        .allMatch(damage -> damage.problem().contains("zeros amid the capture"));
  }

  private List<Integer> starts(byte[] file) throws IOException {
    List<Integer> borders = Recording.borders(path, file);
    return borders.subList(0, borders.size() - 1);
  }

  @Test
  void readsWhatStandsBehindZerosThatWereInserted() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    int place = starts(file).get(7);
    for (int length : new int[] {16, 17, 24, 100, 4096, 5001, 600_000}) {
      byte[] holed = new byte[file.length + length];
      System.arraycopy(file, 0, holed, 0, place);
      System.arraycopy(file, place, holed, place + length, file.length - place);
      for (Compression compression :
          new Compression[] {Compression.NONE, Compression.GZIP, Compression.ZSTD}) {
        told.damages.clear();
        byte[] stored =
            compression == Compression.NONE ? holed : TestCompression.compress(compression, holed);
        assertThat(told.readAll(Captures.write(path, stored))).isEqualTo(packets);
        assertThat(told.damages).hasSize(1);
        assertThat(told.damages.get(0).from()).isEqualTo(place);
        assertThat(told.damages.get(0).to()).isEqualTo(place + length);
      }
    }
  }

  @Test
  void failsWhereNoRecordIsFoundBehindAHole() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 6, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    byte[] holed = Arrays.copyOf(file, file.length + 5000);
    new Random(1).nextBytes(holed);
    System.arraycopy(file, 0, holed, 0, file.length);
    Arrays.fill(holed, file.length, file.length + 2000, (byte) 0);
    assertThat(told.readAll(Captures.write(path, holed))).isEqualTo(packets);
    assertThat(told.failures).hasSize(1);
    assertThat(told.failures.get(0))
        .contains("at byte " + file.length + ": zeros amid the capture");
    assertThat(told.damages).isEmpty();
  }

  @Test
  void takesARecordThatRunsIntoAHoleAsCut() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    packets.set(4, new TestPacket(1, 0, packets.get(4).nanos(), 200, filled(200)));
    byte[] file = TestPcap.littleEndian().file(packets);
    List<Integer> starts = starts(file);
    byte[] holed = file.clone();
    int from = starts.get(4) + 16 + 120;
    Arrays.fill(holed, from, starts.get(6), (byte) 0);
    List<TestPacket> read = told.readAll(Captures.write(path, holed));
    assertThat(read).hasSize(19);
    assertThat(read.get(4).bytes()).hasSize(120);
    assertThat(read.get(4).originalLength()).isEqualTo(200);
    assertThat(read.subList(5, 19)).isEqualTo(packets.subList(6, 20));
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  @Test
  void waitsForAHoleInAGrowingFileAndReadsItOnceItIsFilled() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    packets.set(4, new TestPacket(1, 0, packets.get(4).nanos(), 200, filled(200)));
    for (CaptureShape shape : shapes().toList()) {
      List<TestPacket> expected = shape.expected(packets);
      byte[] file = shape.file().of(packets);
      List<Integer> starts = starts(file);
      byte[] holed = file.clone();
      int from = starts.get(4) + HEAD + 50;
      Arrays.fill(holed, from, starts.get(6), (byte) 0);
      CaptureFile capture = Captures.write(path, holed);
      try (MergedReader reader = told.following()) {
        reader.add(capture, 0);
        List<TestPacket> read = Recording.drain(reader);
        assertThat(read).as("%s", shape).isEqualTo(expected.subList(0, 4));
        assertThat(reader.holes().isBefore(0)).isTrue();
        reader.wake();
        assertThat(Recording.drain(reader)).isEmpty();
        overwrite(file);
        reader.wake();
        assertThat(Recording.drain(reader)).as("%s", shape).isEqualTo(expected.subList(4, 20));
        assertThat(reader.holes().isBefore(0)).isFalse();
      }
      assertThat(told.damages).isEmpty();
      assertThat(told.failures).isEmpty();
    }
  }

  /** In place, as a file system fills a page. */
  private void overwrite(byte[] file) throws IOException {
    try (var channel = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(file));
    }
  }

  @Test
  void passesOverAHoleThatIsNotWaitedForAnyLonger() throws IOException {
    List<TestPacket> packets = TestPacket.some(5, 20, 300);
    byte[] file = TestPcap.littleEndian().file(packets);
    List<Integer> starts = starts(file);
    byte[] holed = file.clone();
    Arrays.fill(holed, starts.get(4), starts.get(6), (byte) 0);
    try (MergedReader reader = told.following()) {
      reader.add(Captures.write(path, holed), 0);
      assertThat(Recording.drain(reader)).hasSize(4);
      assertThat(reader.position(0)).isEqualTo((long) starts.get(4));
      assertThat(told.damages).isEmpty();
      reader.holes().passTo(0, file.length);
      reader.wake();
      assertThat(Recording.drain(reader)).isEqualTo(packets.subList(6, 20));
    }
    assertThat(told.damages).hasSize(1);
    assertThat(told.damages.get(0).from()).isEqualTo((long) starts.get(4));
    assertThat(told.damages.get(0).to()).isEqualTo((long) starts.get(6));
  }

  @Test
  void endsInZerosWithNothingBehindThem() throws IOException {
    byte[] file = TestPcap.littleEndian().file(TestPacket.some(5, 5, 300));
    CaptureFile capture = Captures.write(path, Arrays.copyOf(file, file.length + 40_000_000));
    assertThat(told.readAll(capture)).hasSize(5);
    assertThat(told.damages).isEmpty();
    assertThat(told.failures).isEmpty();
    try (MergedReader reader = told.following()) {
      reader.add(capture, 0);
      assertThat(Recording.drain(reader)).hasSize(5);
      assertThat(reader.holes().mayBeBefore(0)).isTrue();
      for (int looks = 0; looks < 3; looks++) {
        reader.wake();
        assertThat(Recording.drain(reader)).isEmpty();
      }
      assertThat(reader.holes().isBefore(0)).isFalse();
    }
  }
}
