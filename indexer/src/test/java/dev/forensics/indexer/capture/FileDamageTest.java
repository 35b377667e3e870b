package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to some bytes of a capture: the records that lie beyond the one before and the
 * one behind are read once each, no packet is invented, and it is told when one is missing.
 */
class FileDamageTest {
  private static final int ROUNDS = Integer.getInteger("damage.rounds", 20);
  private static final int SEED = Integer.getInteger("damage.seed", 20261130);
  private static final int RECORDS = 60;

  @TempDir private Path folder;

  static Stream<Arguments> damages() {
    return CaptureShape.plain()
        .filter(shape -> !shape.toString().contains("everything"))
        .flatMap(
            shape -> Stream.of(FileDamage.values()).map(damage -> Arguments.of(shape, damage)));
  }

  private static List<TestPacket> packets(Random random) {
    int kind = random.nextInt(5);
    List<TestPacket> packets = new ArrayList<>();
    long nanos = TestPacket.START + random.nextInt(1_000_000) * 1000L;
    for (int i = 0; i < RECORDS; i++) {
      byte[] bytes = new byte[length(kind, i, random)];
      if (random.nextInt(8) > 0) {
        random.nextBytes(bytes);
      }
      int original = bytes.length + (kind == 2 ? random.nextInt(1400) : 0);
      packets.add(new TestPacket(1, 0, nanos, Math.max(1, original), bytes));
      nanos += 1000L * (1 + random.nextInt(2_000_000));
    }
    return packets;
  }

  private static int length(int kind, int index, Random random) {
    return switch (kind) {
      case 0 -> index % 3 == 0 ? 14 : random.nextInt(3);
      case 1 -> 60 + random.nextInt(1455);
      case 2 -> Math.min(96, 40 + random.nextInt(300));
      case 3 -> index % 20 == 7 ? 40_000 : 14 + random.nextInt(80);
      default -> 1 + random.nextInt(900);
    };
  }

  @ParameterizedTest
  @MethodSource("damages")
  void losesNothingFurtherOff(CaptureShape shape, FileDamage damage) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      round(shape, damage, round);
    }
  }

  private void round(CaptureShape shape, FileDamage damage, int round) throws IOException {
    Random random = new Random(SEED * 31L + round * 1009L + damage.name().hashCode());
    List<TestPacket> packets = shape.expected(packets(random));
    byte[] file = shape.file().of(packets);
    List<Integer> borders = Recording.borders(folder.resolve("whole"), file);
    int record = round % 4 == 0 ? RECORDS - 1 - round / 4 % 3 : random.nextInt(RECORDS);
    byte[] damaged = damage.at(file, FileDamage.Place.of(file, borders, record), random);
    Touched touched = Touched.of(file, damaged, borders);
    check(
        packets, damaged, touched, "%s, %s, round %d, %s".formatted(shape, damage, round, touched));
  }

  /**
   * Records that are not as they were.
   *
   * @param first of them
   * @param last of them
   */
  private record Touched(int first, int last) {
    static Touched of(byte[] file, byte[] damaged, List<Integer> borders) {
      int from = Math.max(0, Arrays.mismatch(file, damaged));
      int end = file.length;
      int most = Math.min(file.length, damaged.length) - from;
      while (file.length - end < most
          && file[end - 1] == damaged[damaged.length - file.length + end - 1]) {
        end--;
      }
      return new Touched(
          recordAt(borders, Math.min(from, end)), recordAt(borders, Math.max(from, end)));
    }

    private static int recordAt(List<Integer> borders, int place) {
      int record = 0;
      while (record < borders.size() - 2 && borders.get(record + 1) <= place) {
        record++;
      }
      return record;
    }

    boolean isFar(int record) {
      return record < first - 1 || record > last + 1;
    }

    int count() {
      return last - first + 1;
    }
  }

  private void check(List<TestPacket> packets, byte[] damaged, Touched touched, String what)
      throws IOException {
    byte[] stored =
        damaged.length % 3 == 0 ? TestCompression.compress(Compression.GZIP, damaged) : damaged;
    Recording told = new Recording();
    List<TestPacket> read = told.readAll(Captures.write(folder.resolve("damaged"), stored));
    Set<TestPacket> original = new HashSet<>(packets);
    List<TestPacket> known = read.stream().filter(original::contains).toList();
    List<TestPacket> far = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      if (touched.isFar(i)) {
        far.add(packets.get(i));
      }
    }
    assertThat(known).as(what).doesNotHaveDuplicates().containsSubsequence(far);
    assertThat(read.size() - known.size())
        .as("invented: " + what)
        .isLessThanOrEqualTo(touched.count() + 1);
    if (known.size() < packets.size() - touched.count() - 1) {
      assertThat(told.damages.size() + told.failures.size() + told.cut)
          .as("told: " + what)
          .isPositive();
    }
  }
}
