package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.TestPackets.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows on both sides of steps of the clock. */
class ClockErasTest {
  private static final long MINUTE = 60 * TestPackets.SECOND;
  private static final Endpoint STRANGER = new Endpoint(9, 9_000);
  private static final Endpoint ANOTHER = new Endpoint(8, 9_000);

  private final RecordingObserver observer = new RecordingObserver();
  private FlowTable table;
  private SteppingTable stepping;
  private TcpConversation tcp;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @BeforeEach
  void begin() {
    observer.waitNanos = MINUTE;
    table = new FlowTable(ReplayTest.settings(), observer);
    stepping = new SteppingTable(table);
    tcp = new TcpConversation(table);
  }

  @Test
  void shouldKnowWhatTheClockCallsAStep() {
    assertThat(ClockEras.LEAST_STEP_NANOS).isEqualTo(TrafficClock.LEAST_STEP_NANOS);
  }

  private void send(DecodedPacket p) {
    stepping.packet(p);
  }

  private void open() {
    send(tcp.fromClient(TestPackets.SYN, 1000, 0, ""));
    send(tcp.fromServer(TestPackets.SYN | TestPackets.ACK, 5000, 1001, ""));
    send(tcp.fromClient(TestPackets.ACK, 1001, 5001, "question"));
  }

  private void others(long nanos) {
    send(tcp.packets.udp(nanos, STRANGER, ANOTHER, "x"));
  }

  /** Every ten seconds up to then. */
  private void othersUntil(long nanos) {
    for (long at = tcp.nanos; at < nanos; at += 10 * TestPackets.SECOND) {
      others(at);
    }
    others(nanos);
  }

  private List<String> tcpLines() {
    return observer.lines.stream().filter(line -> line.contains("6 1:50000")).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4, 20, 180, 2 * 1_440, 40 * 1_440})
  void shouldGoOnWithTheAnswer(long minutes) {
    open();
    tcp.nanos += minutes * MINUTE;
    others(tcp.nanos);
    send(tcp.fromServer(TestPackets.ACK, 5001, 1009, "answer"));
    table.endAll(EndReason.END_OF_INPUT);

    assertThat(tcpLines()).hasSize(1);
    assertThat(tcpLines().get(0)).contains("question|answer").contains("END_OF_INPUT");
  }

  @Test
  @DisplayName("what is due by the time without the step is due")
  void shouldPassTheDeadlineLater() {
    open();
    tcp.nanos += 20 * MINUTE;
    others(tcp.nanos);
    send(tcp.fromClient(TestPackets.ACK, 1009, 5001, "more"));
    othersUntil(tcp.nanos + 59 * TestPackets.SECOND);
    assertThat(tcpLines()).isEmpty();
    others(tcp.nanos + 62 * TestPackets.SECOND);

    assertThat(tcpLines()).hasSize(1);
    assertThat(tcpLines().get(0)).startsWith("deadline");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("a true pause: the request is due by its own time, another connection begins")
  void shouldEndWhatDoesNotGoOn(int kind) {
    open();
    long asked = TestPackets.START + tcp.nanos;
    tcp.nanos += 20 * MINUTE;
    others(tcp.nanos);
    assertThat(tcpLines()).isEmpty();
    switch (kind) {
      case 0 -> send(tcp.fromClient(TestPackets.SYN, 777_000, 0, ""));
      case 1 -> send(tcp.fromClient(TestPackets.ACK, 777_000, 888_000, "other"));
      case 2 -> send(tcp.fromServer(TestPackets.ACK, 888_000, 777_000, "other"));
      default -> othersUntil(tcp.nanos + 7 * MINUTE);
    }
    assertThat(tcpLines()).hasSize(2);
    assertThat(tcpLines().get(0)).startsWith("deadline " + (asked + MINUTE));
    assertThat(tcpLines().get(1)).contains(" IDLE ").contains(".." + asked);
    table.endAll(EndReason.END_OF_INPUT);

    assertThat(tcpLines().size() + observer.lines.stream().filter(l -> l.contains(">1:")).count())
        .isEqualTo(kind == 3 ? 2 : 3);
  }

  @Test
  void shouldGoOnWithTheAnsweringDatagramOnly() {
    send(tcp.packets.udp(0, STRANGER, ANOTHER, "question"));
    send(tcp.packets.udp(20 * MINUTE, new Endpoint(7, 1), new Endpoint(6, 1), "clock"));
    send(tcp.packets.udp(20 * MINUTE + 1, ANOTHER, STRANGER, "answer"));
    send(tcp.packets.udp(40 * MINUTE, new Endpoint(7, 1), new Endpoint(6, 1), "clock"));
    send(tcp.packets.udp(40 * MINUTE + 1, STRANGER, ANOTHER, "question"));
    table.endAll(EndReason.END_OF_INPUT);

    List<String> lines =
        observer.lines.stream().filter(line -> line.contains("17 9:9000")).toList();
    assertThat(lines.stream().filter(line -> !line.startsWith("deadline"))).hasSize(2);
    assertThat(lines).anyMatch(line -> line.contains("question|answer"));
  }

  @Test
  @DisplayName("the grid of the active time-out is that of the time without the step")
  void shouldCutNoSegmentByAStep() {
    open();
    for (int i = 0; i < 5; i++) {
      tcp.nanos += 2 * MINUTE;
      others(tcp.nanos);
      send(tcp.fromClient(TestPackets.ACK, 1009 + i, 5001, "x"));
    }
    table.endAll(EndReason.END_OF_INPUT);

    assertThat(tcpLines().stream().filter(line -> !line.startsWith("deadline"))).hasSize(1);
  }

  @Test
  @DisplayName("with the third step a flow has aged by the first")
  void shouldEndFlowsThoughThereIsLittleBetweenSteps() {
    open();
    for (int i = 1; i <= 3; i++) {
      assertThat(tcpLines()).isEmpty();
      others(i * 20L * MINUTE);
    }
    assertThat(tcpLines()).hasSize(2);
    assertThat(tcpLines().get(1)).contains(" IDLE ");
  }

  @Test
  void shouldUnmakeAStepThatIsTakenBack() {
    open();
    DecodedPacket fast = tcp.packets.udp(tcp.nanos + 180 * MINUTE, STRANGER, ANOTHER, "x");
    send(fast);
    tcp.nanos += TestPackets.SECOND;
    DecodedPacket back = tcp.fromServer(TestPackets.ACK, 5001, 1009, "answer");
    back.clockNanos = back.timestampNanos;
    send(back);
    DecodedPacket late = tcp.fromClient(TestPackets.ACK, 1009, 5007, "");
    late.clockNanos = late.timestampNanos;
    send(late);
    table.endAll(EndReason.END_OF_INPUT);

    assertThat(tcpLines()).hasSize(1);
    assertThat(tcpLines().get(0)).contains("question|answer").contains("END_OF_INPUT");
  }

  @Test
  void shouldEvictFlowsOfBeforeFirst() {
    FlowSettings few = ReplayTest.settings();
    table =
        new FlowTable(
            new FlowSettings(
                3,
                few.maxBytes(),
                few.tcpIdle(),
                few.udpIdle(),
                few.icmpIdle(),
                few.otherIdle(),
                few.closedLinger(),
                few.active(),
                few.reassemblyBytesPerDirection(),
                few.reassemblyBytesTotal(),
                few.packetPointers(),
                false,
                false),
            observer);
    stepping = new SteppingTable(table);
    observer.waitNanos = 0;
    open();
    for (int i = 0; i < 5; i++) {
      send(tcp.packets.udp(20 * MINUTE + i, new Endpoint(20 + i, 1), ANOTHER, "x"));
    }
    assertThat(table.counters().current).isEqualTo(3);
    assertThat(tcpLines()).hasSize(1);
    assertThat(tcpLines().get(0)).contains(" IDLE ");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldEqualTheRunThatWasNotCut(long seed) {
    List<DecodedPacket> traffic = withSteps(seed);
    List<String> whole = told(traffic, 1, 0);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3; i++) {
      ReplayTest.assertSameLines(cut(traffic, 1 + random.nextInt(traffic.size() - 1)), whole);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldNotDependOnWorkers(long seed) {
    List<DecodedPacket> traffic = withSteps(seed);
    long wait = 20 * TestPackets.SECOND;
    ReplayTest.assertSameLines(told(traffic, 3, wait), told(traffic, 1, wait));
  }

  /** More silences: each is a step for the tables. */
  private static List<DecodedPacket> withSteps(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<DecodedPacket> traffic = RandomTraffic.inOrder(seed);
    long shift = 0;
    for (DecodedPacket p : traffic) {
      shift += random.nextInt(80) == 0 ? random.nextLong(10 * MINUTE) : 0;
      p.timestampNanos += shift;
      p.clockNanos += shift;
    }
    return traffic;
  }

  private static List<String> told(List<DecodedPacket> traffic, int workers, long waitNanos) {
    RecordingObserver observer = new RecordingObserver();
    observer.waitNanos = waitNanos;
    FlowTable[] tables = new FlowTable[workers];
    Arrays.setAll(tables, i -> new FlowTable(ReplayTest.settings(), observer));
    SteppingTable stepping = new SteppingTable(tables);
    for (DecodedPacket p : traffic) {
      stepping.packet(p, (int) Math.min(p.sourceLow & 0xFF, p.destinationLow & 0xFF) % workers);
    }
    for (FlowTable one : tables) {
      one.advance(traffic.get(traffic.size() - 1).clockNanos);
      one.endAll(EndReason.END_OF_INPUT);
    }
    return observer.lines;
  }

  private static List<String> cut(List<DecodedPacket> traffic, int cut) {
    RecordingObserver before = new RecordingObserver();
    FlowTable first = new FlowTable(ReplayTest.settings(), before);
    SteppingTable stepping = new SteppingTable(first);
    traffic.subList(0, cut).forEach(stepping::packet);
    StartSet.Builder open = new StartSet.Builder();
    first.forEachOpen(open::add);
    StartSet starts = open.build();
    RecordingObserver after = new RecordingObserver();
    FlowTable second = new FlowTable(ReplayTest.settings(), after);
    SteppingTable replayed = new SteppingTable(second);
    second.replay(starts);
    for (DecodedPacket p : traffic.subList(first(traffic, starts, cut), cut)) {
      replayed.packet(p);
    }
    after.lines.clear(); // they were told before
    second.endReplay();
    traffic.subList(cut, traffic.size()).forEach(replayed::packet);
    second.endAll(EndReason.END_OF_INPUT);
    List<String> both = new ArrayList<>(before.lines);
    both.addAll(after.lines);
    return both;
  }

  private static int first(List<DecodedPacket> traffic, StartSet starts, int cut) {
    int first = 0;
    while (first < cut && (starts.isEmpty() || isBefore(traffic.get(first), starts))) {
      first++;
    }
    return first;
  }

  private static boolean isBefore(DecodedPacket p, StartSet starts) {
    return p.captureIndex < starts.firstCaptureIndex()
        || (p.captureIndex == starts.firstCaptureIndex() && p.position < starts.firstPosition());
  }
}
