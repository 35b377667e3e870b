package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.decode.DecodedPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is cut anywhere and taken up again equals the run that is not. */
class ReplayTest {
  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  static FlowSettings settings() {
    FlowSettings d = FlowSettings.defaults();
    return new FlowSettings(
        100_000,
        d.maxBytes(),
        d.tcpIdle(),
        d.udpIdle(),
        d.icmpIdle(),
        d.otherIdle(),
        d.closedLinger(),
        Duration.ofSeconds(200),
        d.reassemblyBytesPerDirection(),
        d.reassemblyBytesTotal(),
        50,
        false,
        false);
  }

  /** Says only what differs: the lines are many and long. */
  static void assertSameLines(List<String> actual, List<String> expected) {
    List<String> surplus = new ArrayList<>(actual);
    expected.forEach(surplus::remove);
    List<String> missing = new ArrayList<>(expected);
    actual.forEach(missing::remove);
    assertThat(surplus.stream().findFirst())
        .as("first surplus line of %d", surplus.size())
        .isEqualTo(missing.stream().findFirst());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldEqualTheRunThatWasNotCut(long seed) {
    List<DecodedPacket> traffic = RandomTraffic.inOrder(seed);
    RecordingObserver whole = new RecordingObserver();
    FlowTable table = new FlowTable(settings(), whole);
    traffic.forEach(table::packet);
    table.endAll(EndReason.END_OF_INPUT);
    assertThat(whole.lines).hasSizeGreaterThan(60);
    assertThat(whole.lines).anyMatch(line -> line.contains(" segment=2 "));

    SplittableRandom random = new SplittableRandom(~seed);
    int cut = 1 + random.nextInt(traffic.size() - 1);
    RecordingObserver before = new RecordingObserver();
    FlowTable first = new FlowTable(settings(), before);
    traffic.subList(0, cut).forEach(first::packet);
    StartSet.Builder open = new StartSet.Builder();
    first.forEachOpen(open::add);
    StartSet starts = StartSet.fromBytes(open.build().toBytes());

    RecordingObserver after = new RecordingObserver();
    FlowTable second = new FlowTable(settings(), after);
    DecodedPacket uncommitted = traffic.get(cut);
    second.replay(starts);
    for (DecodedPacket p : traffic) {
      boolean replayed =
          !starts.isEmpty()
              && (p.captureIndex > starts.firstCaptureIndex()
                  || (p.captureIndex == starts.firstCaptureIndex()
                      && p.position >= starts.firstPosition()));
      boolean committed =
          p.captureIndex < uncommitted.captureIndex
              || (p.captureIndex == uncommitted.captureIndex && p.position < uncommitted.position);
      if (!committed) {
        second.endReplay();
      }
      if (replayed || !committed) {
        second.packet(p);
        if (committed) {
          assertThat(after.lines).isEmpty();
        }
      }
    }
    second.endAll(EndReason.END_OF_INPUT);

    List<String> both = new ArrayList<>(before.lines);
    both.addAll(after.lines);
    assertSameLines(both, whole.lines);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("the clock moved at other moments, and other workers, change no flow")
  void shouldNotDependOnBatchesAndWorkers(long seed) {
    List<DecodedPacket> traffic = RandomTraffic.inOrder(seed);
    RecordingObserver whole = new RecordingObserver();
    FlowTable table = new FlowTable(settings(), whole);
    traffic.forEach(table::packet);
    table.endAll(EndReason.END_OF_INPUT);

    SplittableRandom random = new SplittableRandom(seed);
    RecordingObserver parts = new RecordingObserver();
    FlowTable[] workers = new FlowTable[3];
    Arrays.setAll(workers, i -> new FlowTable(settings(), parts));
    for (DecodedPacket p : traffic) {
      int client = (int) Math.min(p.sourceLow & 0xFF, p.destinationLow & 0xFF);
      workers[client % 3].packet(p);
      workers[random.nextInt(3)].advance(p.clockNanos);
    }
    for (FlowTable worker : workers) {
      worker.endAll(EndReason.END_OF_INPUT);
    }
    assertSameLines(parts.lines, whole.lines);
  }

  @Test
  void shouldRenumberCaptures() {
    Flow one = new Flow();
    one.addPointer(3, 700, 10);
    Flow other = new Flow();
    other.addPointer(5, 24, 10);
    StartSet.Builder builder = new StartSet.Builder();
    builder.add(other);
    builder.add(one);
    StartSet starts = builder.build();
    assertThat(starts.captureIndexes()).containsExactly(3, 5);
    assertThat(starts.firstPosition()).isEqualTo(700);

    StartSet renumbered = starts.withCaptureIndexes(i -> i - 3);
    assertThat(renumbered.captureIndexes()).containsExactly(0, 2);
    assertThat(StartSet.fromBytes(renumbered.toBytes()).size()).isEqualTo(2);
    assertThatThrownBy(() -> starts.withCaptureIndexes(i -> i - 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseOtherBytes() {
    assertThat(StartSet.fromBytes(StartSet.EMPTY.toBytes()).isEmpty()).isTrue();
    byte[][] others = {{}, {2}, {1, 0}, {2, 5}, {2, 0, 0}, {2, 1, 0}, {2, 1, (byte) 0x80}};
    for (byte[] other : others) {
      assertThatThrownBy(() -> StartSet.fromBytes(other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
