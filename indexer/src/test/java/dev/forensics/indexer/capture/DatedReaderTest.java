package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatedReaderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400;
  private static final CaptureFailureListener NO_FAILURE =
      (index, problem) -> {
        throw new AssertionError(problem);
      };

  @TempDir Path folder;
  private int files;

  /** What came of a record: its second after the start, and how its time was judged. */
  private record Judged(long second, Dating dating) {}

  @Test
  void believesTimesThatOthersGoOnFrom() throws IOException {
    assertThat(judge(0, 1, 2, 600, 601, 602))
        .extracting(Judged::dating)
        .containsOnly(Dating.BELIEVED);
  }

  @Test
  void believesATimeADayOffOnlyAfterMany() throws IOException {
    long far = 2 * DAY;
    assertThat(judge(0, 1, 2, far, far, far, 3, 4, 5))
        .filteredOn(one -> one.second == far)
        .extracting(Judged::dating)
        .containsOnly(Dating.ASTRAY);
    assertThat(judge(0, 1, 2, far, far, far, far, far, far, far, far, far))
        .filteredOn(one -> one.second == far)
        .extracting(Judged::dating)
        .containsOnly(Dating.BELIEVED);
  }

  @Test
  void findsTheFirstRecordsAstray() throws IOException {
    assertThat(judge(9_999, 9_999, 0, 1, 2, 3))
        .containsSequence(
            new Judged(9_999, Dating.ASTRAY),
            new Judged(9_999, Dating.ASTRAY),
            new Judged(0, Dating.BELIEVED));
  }

  /** Packets have a time from the first one on, also where that one is astray. */
  @Test
  void startsTheClockWithARecordAstray() throws IOException {
    TrafficClock clock = new TrafficClock();
    PacketRecord record = new PacketRecord();
    try (MergedReader reader =
        new MergedReader(
            List.of(capture(9_999, 5, 6, 7)), new SingleThreadBlocks(), NO_FAILURE, clock)) {
      assertThat(reader.next(record)).isTrue();
      clock.pass(record, 0);
      assertThat(record.dating).isEqualTo(Dating.ASTRAY);
      assertThat(clock.nanos()).isEqualTo(TestPacket.START + 5 * SECOND);
    }
  }

  /** A capture's first packet, and silence behind it. */
  @Test
  void believesWhatStandsBeforeAPause() throws IOException {
    assertThat(judge(0, 347, 348, 349)).extracting(Judged::dating).containsOnly(Dating.BELIEVED);
    assertThat(judge(0, 1, 7_000, 7_001, 7_002))
        .extracting(Judged::dating)
        .containsOnly(Dating.BELIEVED);
    assertThat(judge(9_999 * DAY, 0, 347, 348, 349))
        .extracting(Judged::dating)
        .startsWith(Dating.ASTRAY, Dating.BELIEVED, Dating.BELIEVED);
    assertThat(judge(0, 2 * DAY, 2 * DAY + 1, 2 * DAY + 2))
        .first()
        .isEqualTo(new Judged(0, Dating.ASTRAY));
  }

  @Test
  void leavesTheLastOnesUndecidedOrAstray() throws IOException {
    assertThat(judge(0, 1, 2, 700)).endsWith(new Judged(700, Dating.UNDECIDED));
    assertThat(judge(0, 1, 2, -700)).endsWith(new Judged(-700, Dating.ASTRAY));
  }

  @Test
  void goesBackWithTheCapture() throws IOException {
    assertThat(judge(0, 1, 2, -5_000, -4_999, -4_998))
        .extracting(Judged::dating)
        .containsOnly(Dating.BELIEVED);
  }

  /** Two captures joined together: what comes behind says nothing about the end of the first. */
  @Test
  void leavesTheEndOfASectionUndecided() throws IOException {
    TestPcapng file = new TestPcapng();
    long[][] sections = {{0, 1, 2, 300, 301}, {302, 303, 304, 305}};
    for (long[] section : sections) {
      file.section(false).describe(1, 65535);
      for (long second : section) {
        byte[] bytes = {(byte) second, (byte) section.length};
        TestPacket packet = new TestPacket(1, 0, TestPacket.START + second * SECOND, 2, bytes);
        file.enhanced(0, packet.nanos() / 1000, packet, "");
      }
    }

    assertThat(judge(List.of(Captures.write(folder.resolve("joined"), file.bytes()))))
        .containsExactly(
            new Judged(0, Dating.BELIEVED),
            new Judged(1, Dating.BELIEVED),
            new Judged(2, Dating.BELIEVED),
            new Judged(300, Dating.UNDECIDED),
            new Judged(301, Dating.UNDECIDED),
            new Judged(302, Dating.BELIEVED),
            new Judged(303, Dating.BELIEVED),
            new Judged(304, Dating.BELIEVED),
            new Judged(305, Dating.BELIEVED));
  }

  /** A ring's file that begins with a packet of 2096 is read in its turn. */
  @Test
  void readsACaptureInItsTurnThatBeginsAstray() throws IOException {
    List<CaptureFile> ring = new ArrayList<>();
    ring.add(capture(0, 1, 2));
    ring.add(capture(99_999, 3, 4, 5));
    ring.add(capture(6, 7, 8));

    assertThat(judge(ring))
        .extracting(Judged::second)
        .containsExactly(0L, 1L, 2L, 99_999L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  /** A packet astray holds up nobody, neither its own capture nor the others. */
  @Test
  void mergesOverAPacketAstray() throws IOException {
    List<CaptureFile> both = List.of(capture(0, 2, 99_999, 4, 6), capture(1, 3, 5, 7));

    assertThat(judge(both))
        .extracting(Judged::second)
        .containsExactly(0L, 1L, 2L, 99_999L, 3L, 4L, 5L, 6L, 7L);
  }

  /** Seeded: what is decided does not depend on how much is there when it is read. */
  @Test
  void decidesTheSameHoweverTheCaptureGrows() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      long[] seconds = walk(new Random(seed));
      List<Judged> whole = judge(seconds);
      byte[] bytes = Files.readAllBytes(capture(seconds).path());
      List<Judged> grown = readGrowing(bytes, new Random(seed + 1_000));

      assertThat(grown).describedAs("seed %d", seed).isEqualTo(whole);
    }
  }

  /** A request after a pause is handed out with the tick, a time that is far off or back is not. */
  @Test
  void letsGoOfPacketsAfterAPauseOnly() throws IOException {
    assertThat(lettingGo(0, 1, 2, 400)).containsExactly(new Judged(400, Dating.UNDECIDED));
    assertThat(lettingGo(0, 1, 2, 400, 420)).extracting(Judged::second).containsExactly(400L, 420L);
    assertThat(lettingGo(7)).containsExactly(new Judged(7, Dating.UNDECIDED));
    assertThat(lettingGo(0, 1, 2, 4 * DAY)).isEmpty();
    assertThat(lettingGo(100, 101, 102, 3)).isEmpty();
    assertThat(lettingGo(0, 1, 2, 400, 4 * DAY)).hasSize(1);
  }

  private List<Judged> lettingGo(long... seconds) throws IOException {
    TrafficClock clock = new TrafficClock();
    try (MergedReader reader =
        new MergedReader(new SingleThreadBlocks(), NO_FAILURE, true, clock)) {
      reader.add(0, capture(seconds), 0);
      read(reader, clock);
      long before = clock.nanos();
      reader.letGo(LettingGo.AFTER_PAUSE);
      List<Judged> judged = read(reader, clock);
      boolean isFirst = before == TrafficClock.UNSET;
      assertThat(isFirst || clock.nanos() == before).isTrue();
      return judged;
    }
  }

  /**
   * Packets that come one a tick: later ones confirm those that were let go, so the clock goes on
   * with the pause; and it goes on in the same way when reading begins anew after each of them.
   */
  @Test
  void confirmsWhatWasLetGo() throws IOException {
    long[] seconds = {0, 1, 2, 400, 401, 402, 403, 900, 3, 901, 902, 5_000};
    List<Judged> gone = readOneByOne(false, seconds);

    assertThat(gone).extracting(Judged::second).contains(400L, 401L, 402L, 403L, 900L, 5_000L);
    assertThat(gone)
        .contains(
            new Judged(400, Dating.UNDECIDED),
            new Judged(401, Dating.UNDECIDED),
            new Judged(402, Dating.BELIEVED),
            new Judged(403, Dating.BELIEVED));
    assertThat(readOneByOne(true, seconds)).isEqualTo(gone);
  }

  /** Seeded: the same with times of all kinds. */
  @Test
  void judgesTheSameAfterEachRestart() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      long[] seconds = walk(new Random(seed));
      assertThat(readOneByOne(true, seconds))
          .describedAs("seed %d", seed)
          .isEqualTo(readOneByOne(false, seconds));
    }
  }

  private List<Judged> readOneByOne(boolean isRestarted, long... seconds) throws IOException {
    byte[] bytes = Files.readAllBytes(capture(seconds).path());
    Path file = folder.resolve("growing-" + files++);
    Files.write(file, Arrays.copyOf(bytes, 24 + 25));
    CaptureFile capture = CaptureFile.probe(file).capture().orElseThrow();
    TrafficClock clock = new TrafficClock();
    List<Judged> judged = new ArrayList<>();
    MergedReader reader = new MergedReader(new SingleThreadBlocks(), NO_FAILURE, true, clock);
    reader.add(0, capture, 0);
    for (int length = 24 + 25; length <= bytes.length; length += 25) {
      Files.write(file, Arrays.copyOf(bytes, length));
      reader.wake();
      judged.addAll(read(reader, clock));
      reader.letGo(LettingGo.AFTER_PAUSE);
      judged.addAll(read(reader, clock));
      if (isRestarted) {
        long position = reader.position(0);
        CaptureClock times = reader.captures().clock(0);
        TrafficClock.State state = clock.state();
        reader.close();
        clock = new TrafficClock();
        clock.set(state);
        reader = new MergedReader(new SingleThreadBlocks(), NO_FAILURE, true, clock);
        reader.add(0, capture, position, times);
      }
    }
    judged.addAll(read(reader, clock));
    reader.letGo(LettingGo.ALL);
    judged.addAll(read(reader, clock));
    reader.close();
    return judged;
  }

  private List<Judged> readGrowing(byte[] bytes, Random random) throws IOException {
    Path file = folder.resolve("growing-" + files++);
    int length = 24 + 25;
    Files.write(file, Arrays.copyOf(bytes, length));
    TrafficClock clock = new TrafficClock();
    List<Judged> judged = new ArrayList<>();
    long position = 0;
    MergedReader reader = new MergedReader(new SingleThreadBlocks(), NO_FAILURE, true, clock);
    reader.add(0, CaptureFile.probe(file).capture().orElseThrow(), 0);
    while (length < bytes.length) {
      length = Math.min(bytes.length, length + 1 + random.nextInt(80));
      Files.write(file, Arrays.copyOf(bytes, length));
      if (random.nextInt(5) == 0 && clock.nanos() != TrafficClock.UNSET) {
        position = reader.position(0); // a restart, from where it came
        reader.close();
        reader = new MergedReader(new SingleThreadBlocks(), NO_FAILURE, true, clock);
        reader.add(0, CaptureFile.probe(file).capture().orElseThrow(), position);
      }
      reader.wake();
      judged.addAll(read(reader, clock));
    }
    reader.letGo(LettingGo.ALL);
    judged.addAll(read(reader, clock));
    reader.close();
    return judged;
  }

  private static long[] walk(Random random) {
    long[] seconds = new long[60];
    long second = 0;
    for (int i = 0; i < seconds.length; i++) {
      second += random.nextInt(6) == 0 ? random.nextInt(1_000) - 100 : random.nextInt(3);
      seconds[i] = second + (random.nextInt(8) == 0 ? random.nextInt(400_000) - 200_000 : 0);
    }
    return seconds;
  }

  private List<Judged> judge(long... seconds) throws IOException {
    return judge(List.of(capture(seconds)));
  }

  private static List<Judged> judge(List<CaptureFile> captures) {
    TrafficClock clock = new TrafficClock();
    try (MergedReader reader =
        new MergedReader(captures, new SingleThreadBlocks(), NO_FAILURE, clock)) {
      return read(reader, clock);
    }
  }

  private static List<Judged> read(MergedReader reader, TrafficClock clock) {
    List<Judged> judged = new ArrayList<>();
    PacketRecord record = new PacketRecord();
    while (reader.next(record)) {
      clock.pass(record, reader.captureIndex());
      judged.add(
          new Judged(
              Math.floorDiv(record.timestampNanos - TestPacket.START, SECOND), record.dating));
    }
    return judged;
  }

  private CaptureFile capture(long... seconds) throws IOException {
    List<TestPacket> packets = new ArrayList<>();
    for (long second : seconds) {
      byte[] bytes = {
        (byte) packets.size(), (byte) (packets.size() >> 8), (byte) files, 0, 0, 0, 0, 0, 0
      };
      packets.add(new TestPacket(1, 0, TestPacket.START + second * SECOND, 9, bytes));
    }
    return Captures.write(
        folder.resolve("capture-" + files++), TestPcap.littleEndian().file(packets));
  }
}
