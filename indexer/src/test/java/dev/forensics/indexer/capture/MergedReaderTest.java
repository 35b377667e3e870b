package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedReaderTest {
  private static final CaptureFailureListener NO_FAILURE =
      (index, problem) -> {
        throw new AssertionError("capture " + index, problem);
      };

  @TempDir private Path folder;

  /** A record and the capture it came from. */
  private record Sourced(int index, long nanos) {}

  private CaptureFile capture(String name, long... seconds) throws IOException {
    List<TestPacket> packets =
        Arrays.stream(seconds)
            .mapToObj(second -> new TestPacket(1, 0, nanos(second), 9, new byte[9]))
            .toList();
    return Captures.write(folder.resolve(name), TestPcap.littleEndian().file(packets));
  }

  private static long nanos(long second) {
    return TestPacket.START + second * 1_000_000_000;
  }

  private static List<Sourced> readAll(MergedReader reader) {
    List<Sourced> records = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    while (reader.next(record)) {
      records.add(new Sourced(reader.captureIndex(), record.timestampNanos));
    }
    return records;
  }

  private static Sourced at(int index, long second) {
    return new Sourced(index, nanos(second));
  }

  @Test
  void readsOneAfterTheOtherWhenNothingOverlaps() throws IOException {
    PoisonBlocks blocks = new PoisonBlocks();
    List<CaptureFile> captures = List.of(capture("a", 1, 2, 3), capture("b", 4, 5));
    try (MergedReader reader = new MergedReader(captures, blocks, NO_FAILURE)) {
      assertThat(readAll(reader)).containsExactly(at(0, 1), at(0, 2), at(0, 3), at(1, 4), at(1, 5));
      assertThat(reader.captures().isFinished(0) && reader.captures().isFinished(1)).isTrue();
      assertThat(reader.position(0)).isEqualTo(captures.get(0).sizeBytes());
    }
    assertThat(blocks.most()).isEqualTo(1);
    assertThat(blocks.lent()).isZero();
  }

  @Test
  void sortsOverlappingCapturesByTimeAndTiesByOrder() throws IOException {
    List<CaptureFile> captures =
        List.of(capture("a", 1, 4, 6, 9), capture("b", 2, 4, 5), capture("c", 9, 20));
    try (MergedReader reader = new MergedReader(captures, new SingleThreadBlocks(), NO_FAILURE)) {
      assertThat(readAll(reader))
          .containsExactly(
              at(0, 1), at(1, 2), at(0, 4), at(1, 4), at(1, 5), at(0, 6), at(0, 9), at(2, 9),
              at(2, 20));
    }
  }

  @Test
  void mergesAsSortingDoes() throws IOException {
    Random random = new Random(77);
    List<CaptureFile> captures = new ArrayList<>();
    List<Sourced> expected = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      int first = random.nextInt(3000);
      long[] seconds =
          IntStream.range(0, 30).mapToLong(j -> first + random.nextInt(50)).sorted().toArray();
      captures.add(capture("c" + i, seconds));
    }
    captures.sort(Comparator.comparingLong(CaptureFile::firstPacketNanos));
    for (int i = 0; i < captures.size(); i++) {
      int index = i;
      Captures.read(captures.get(i))
          .packets()
          .forEach(packet -> expected.add(new Sourced(index, packet.nanos())));
    }
    expected.sort(Comparator.comparingLong(Sourced::nanos).thenComparingInt(Sourced::index));
    PoisonBlocks blocks = new PoisonBlocks();
    try (MergedReader reader = new MergedReader(captures, blocks, NO_FAILURE)) {
      assertThat(readAll(reader)).isEqualTo(expected);
    }
    assertThat(blocks.lent()).isZero();
  }

  @Test
  void keepsTheOrderOfTheFileWithinACapture() throws IOException {
    List<CaptureFile> captures = List.of(capture("a", 5, 3, 8), capture("b", 6));
    try (MergedReader reader = new MergedReader(captures, new SingleThreadBlocks(), NO_FAILURE)) {
      assertThat(readAll(reader)).containsExactly(at(0, 5), at(0, 3), at(1, 6), at(0, 8));
    }
  }

  @Test
  void reportsABrokenCaptureAndGoesOn() throws IOException {
    CaptureFile first = capture("a", 1, 5, 9);
    byte[] damaged = Files.readAllBytes(first.path());
    Arrays.fill(damaged, 24 + 25 + 8, damaged.length, (byte) 0x7F);
    Files.write(first.path(), damaged);
    CaptureFile gone = capture("b", 2);
    Files.delete(gone.path());
    CaptureFile last = capture("c", 3, 4);
    List<String> problems = new ArrayList<>();
    PoisonBlocks blocks = new PoisonBlocks();
    try (MergedReader reader =
        new MergedReader(
            List.of(first, gone, last),
            blocks,
            (index, problem) -> problems.add(index + " " + problem.getMessage()))) {
      assertThat(readAll(reader)).containsExactly(at(0, 1), at(2, 3), at(2, 4));
      assertThat(reader.captures().hasFailed(0) && reader.captures().hasFailed(1)).isTrue();
      assertThat(reader.captures().isFinished(2)).isTrue();
      assertThat(reader.position(0)).isEqualTo(24 + 25);
    }
    assertThat(problems)
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).startsWith("0 " + first.path() + ": at byte 49"))
        .anySatisfy(problem -> assertThat(problem).startsWith("1 " + gone.path()));
    assertThat(blocks.lent()).isZero();
  }

  @Test
  void goesOnFromThePositionsOfAnEarlierReader() throws IOException {
    List<CaptureFile> captures = List.of(capture("a", 1, 4, 6, 9), capture("b", 2, 4, 5, 11));
    List<Sourced> all;
    try (MergedReader reader = new MergedReader(captures, new SingleThreadBlocks(), NO_FAILURE)) {
      all = readAll(reader);
    }
    for (int stop = 0; stop <= all.size(); stop++) {
      long[] positions = new long[2];
      try (MergedReader reader = new MergedReader(captures, new SingleThreadBlocks(), NO_FAILURE)) {
        for (int i = 0; i < stop; i++) {
          reader.next(new PacketRecord());
        }
        Arrays.setAll(positions, reader::position);
      }
      try (MergedReader rest =
          new MergedReader(new SingleThreadBlocks(), NO_FAILURE, false, begun())) {
        rest.add(captures.get(0), positions[0]);
        rest.add(captures.get(1), positions[1]);
        assertThat(readAll(rest)).isEqualTo(all.subList(stop, all.size()));
      }
    }
  }

  /** Whatever lies behind a limit, what is handed out before it is the same. */
  @Test
  void handsOutNothingThatEndsBehindItsLimit() throws IOException {
    CaptureFile one = capture("a", 1, 4, 6, 9);
    CaptureFile other = capture("b", 2, 5, 7);
    PoisonBlocks blocks = new PoisonBlocks();
    try (MergedReader reader = new MergedReader(blocks, NO_FAILURE, true, begun())) {
      reader.add(one, 0);
      reader.add(other, 0);
      reader.limit(0, 24 + 2 * 25 + 24); // a byte of the third record is missing
      reader.limit(1, 24 + 25);
      assertThat(readAll(reader)).containsExactly(at(0, 1), at(1, 2), at(0, 4));
      assertThat(reader.position(0)).isEqualTo(24 + 2 * 25);
      assertThat(reader.captures().trailingBytes(0)).isEqualTo(24);
      assertThat(reader.captures().isAtEnd(0) && reader.captures().isAtEnd(1)).isTrue();
      reader.wake();
      assertThat(readAll(reader)).isEmpty();
      reader.limit(0, 24 + 3 * 25);
      reader.wake();
      assertThat(readAll(reader)).containsExactly(at(0, 6));
      reader.limit(0, Long.MAX_VALUE);
      reader.limit(1, Long.MAX_VALUE);
      reader.wake();
      assertThat(readAll(reader)).containsExactly(at(1, 5), at(1, 7), at(0, 9));
    }
    assertThat(blocks.lent()).isZero();
  }

  @Test
  void followsGrowthAndNewCaptures() throws IOException {
    byte[] whole = Files.readAllBytes(capture("a", 1, 2, 3).path());
    CaptureFile growing = Captures.write(folder.resolve("a"), Arrays.copyOf(whole, 24 + 30));
    try (MergedReader reader =
        new MergedReader(new SingleThreadBlocks(), NO_FAILURE, true, begun())) {
      reader.add(growing, 0);
      assertThat(readAll(reader)).containsExactly(at(0, 1));
      assertThat(reader.captures().trailingBytes(0)).isEqualTo(5);
      assertThat(reader.captures().isAtEnd(0)).isTrue();
      assertThat(reader.captures().isFinished(0)).isFalse();
      Files.write(growing.path(), Arrays.copyOfRange(whole, 54, 75), StandardOpenOption.APPEND);
      assertThat(readAll(reader)).isEmpty();
      reader.wake();
      assertThat(readAll(reader)).containsExactly(at(0, 2));
      assertThat(reader.captures().trailingBytes(0)).isEqualTo(1);
      reader.add(capture("b", 4), 0);
      Files.write(
          growing.path(), Arrays.copyOfRange(whole, 75, whole.length), StandardOpenOption.APPEND);
      reader.wake();
      assertThat(readAll(reader)).containsExactly(at(0, 3), at(1, 4));
      assertThat(readAll(reader)).isEmpty();
    }
  }

  @Test
  void neverHasMoreThanItsBoundOpen() throws IOException {
    List<CaptureFile> captures = new ArrayList<>();
    for (int i = 0; i < MergedReader.MAX_OPEN + 20; i++) {
      captures.add(capture("c" + i, 1 + i % 7, 100 + i));
    }
    captures.sort(Comparator.comparingLong(CaptureFile::firstPacketNanos));
    PoisonBlocks blocks = new PoisonBlocks();
    try (MergedReader reader = new MergedReader(captures, blocks, NO_FAILURE)) {
      assertThat(readAll(reader)).hasSize(2 * captures.size());
    }
    assertThat(blocks.most()).isEqualTo(MergedReader.MAX_OPEN);
  }

  /** The clock of a sensor that was read before. */
  private static TrafficClock begun() {
    TrafficClock clock = new TrafficClock();
    clock.set(TrafficClock.State.at(at(0, 1).nanos()));
    return clock;
  }
}
