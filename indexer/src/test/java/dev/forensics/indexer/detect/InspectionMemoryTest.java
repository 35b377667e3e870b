package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowObserver;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is known of a long flow survives being written and read back at each of its segments. */
class InspectionMemoryTest {
  private static final StateSeal SEAL = new StateSeal(new byte[] {7, 7, 7});
  private static final String SECRET = "c2VjcmV0Zm9ybm9ib2R5";
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path SHARED = Path.of("..", "..", "shared", "captures");

  /** Findings as lines. */
  private static final class Findings implements FindingSink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
      lines.add(flow.firstPacketHash + " " + verdict);
    }

    @Override
    public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
      try {
        lines.add(
            flow.firstPacketHash
                + " "
                + flow.segment
                + " "
                + FactsText.of(facts)
                + " "
                + verdicts.size());
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Passes on, and has the inspection forget and remember each flow when a segment begins. */
  private record Forgetting(Inspection inspection) implements FlowObserver {
    @Override
    public void flowStarted(Flow flow, DecodedPacket first) {
      inspection.flowStarted(flow, first);
    }

    @Override
    public void payload(
        Flow flow, Direction direction, byte[] buffer, int offset, int length, long nanos) {
      inspection.payload(flow, direction, buffer, offset, length, nanos);
    }

    @Override
    public void gap(Flow flow, Direction direction, long lengthBytes, long nanos) {
      inspection.gap(flow, direction, lengthBytes, nanos);
    }

    @Override
    public void connectionChanged(Flow flow, Direction by, long nanos) {
      inspection.connectionChanged(flow, by, nanos);
    }

    @Override
    public void flowEnded(Flow flow) {
      inspection.flowEnded(flow);
    }

    @Override
    public byte[] segmentState(Flow flow) {
      byte[] state = inspection.segmentState(flow);
      if (state != null) {
        inspection.flowForgotten(flow);
        inspection.segmentResumed(flow, state);
        assertThat(flow.attachment).isNotNull();
      } else {
        assertThat(flow.attachment).isNull();
      }
      return state;
    }

    @Override
    public void deadlinePassed(Flow flow, long dueNanos) {
      inspection.deadlinePassed(flow, dueNanos);
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldFindTheSameThings() throws IOException {
    List<Path> captures = new ArrayList<>(captures(SAMPLES));
    if (Files.isDirectory(SHARED)) {
      captures.addAll(captures(SHARED));
    }
    assertThat(captures).hasSizeGreaterThan(30);
    return captures.stream()
        .map(path -> DynamicTest.dynamicTest(path.toString(), () -> compare(path)));
  }

  private static List<Path> captures(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(InspectionMemoryTest::isSmallCapture).sorted().toList();
    }
  }

  private static boolean isSmallCapture(Path file) {
    try {
      return file.getFileName().toString().matches(".*\\.(pcap|pcapng|cap)\\d?")
          && Files.size(file) < 2_000_000;
    } catch (IOException e) {
      return false;
    }
  }

  private static void compare(Path path) throws IOException {
    assertThat(read(path, true)).isEqualTo(read(path, false));
  }

  private static List<String> read(Path path, boolean isForgetting) throws IOException {
    Findings findings = new Findings();
    Inspection inspection =
        new Inspection(DetectionSettings.defaults(), PrefixTable.builtIn(), findings);
    FlowObserver observer = isForgetting ? new Forgetting(inspection) : inspection;
    FlowTable table = new FlowTable(oftenCut(), observer);
    try {
      CaptureFile.probe(path)
          .capture()
          .ifPresent(
              file -> {
                feed(file, table);
              });
    } catch (IOException e) {
      findings.lines.add("broken");
    }
    table.endAll(EndReason.END_OF_INPUT);
    return findings.lines;
  }

  private static void feed(CaptureFile file, FlowTable table) {
    PacketDecoder decoder = new PacketDecoder();
    PacketRecord record = new PacketRecord();
    DecodedPacket packet = new DecodedPacket();
    long clock = Long.MIN_VALUE;
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        if (decoder.decode(record, packet)) {
          clock = Math.max(clock, packet.timestampNanos);
          packet.clockNanos = clock;
          table.packet(packet);
        }
      }
    } catch (IOException e) {
      return; // broken here: both runs see the same part
    }
  }

  /** Every flow is cut after a millisecond. */
  private static FlowSettings oftenCut() {
    FlowSettings defaults = FlowSettings.defaults();
    return new FlowSettings(
        defaults.maxFlows(),
        defaults.maxBytes(),
        defaults.tcpIdle(),
        defaults.udpIdle(),
        defaults.icmpIdle(),
        defaults.otherIdle(),
        defaults.closedLinger(),
        Duration.ofMillis(1),
        defaults.reassemblyBytesPerDirection(),
        defaults.reassemblyBytesTotal(),
        defaults.packetPointers(),
        defaults.vlanInKey(),
        defaults.tunnelInKey());
  }

  @Test
  void shouldLeaveStrangeBytesAlone() {
    InspectionMemory memory = memory(SEAL);
    byte[] text = "anything but an inspection of a flow".getBytes(StandardCharsets.UTF_8);
    assertThat(memory.restore(new Flow(), text)).isNull();
    assertThat(memory.restore(new Flow(), new byte[0])).isNull();
    byte[] right = memory.save(new FlowInspection(new Flow(), dialogue()));
    assertThat(memory.restore(new Flow(), right)).isNotNull();
    for (int length = 0; length < right.length; length++) {
      assertThat(memory.restore(new Flow(), java.util.Arrays.copyOf(right, length))).isNull();
    }
  }

  /** The memory of a long flow lies in Elasticsearch until the flow ends. */
  @Test
  void shouldRememberNoPasswords() {
    String request =
        "POST /login HTTP/1.1\r\nHost: h\r\nAuthorization: Basic Ym9iOnNlY3JldA==\r\n"
            + "Proxy-Authorization: Basic Ym9iOnNlY3JldA==\r\nContent-Length: 15\r\n\r\n"
            + "password=secret";
    byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
    InspectionMemory memory = memory(SEAL);
    for (int piece = 1; piece <= bytes.length; piece++) {
      Dialogue dialogue = dialogue();
      for (int from = 0; from < bytes.length; from += piece) {
        int length = Math.min(piece, bytes.length - from);
        dialogue.payload(Direction.ORIGINATOR, bytes, from, length, 1);
      }
      byte[] saved = memory.save(new FlowInspection(new Flow(), dialogue));
      assertThat(new String(SEAL.open(saved), StandardCharsets.ISO_8859_1))
          .contains("/logi") // Kryo marks the last letter of a text
          .doesNotContain("Ym9iOnNl")
          .doesNotContain("secret");
    }
  }

  private static InspectionMemory memory(StateSeal seal) {
    return new InspectionMemory(
        new ProtocolSet(Protocols.all()), DetectionSettings.defaults(), new DetectionRule[0], seal);
  }

  /** Wherever a line is cut by the moment of the commit: parsers keep its half. */
  @Test
  void shouldSealHalfLines() {
    for (String said :
        List.of(
            "GET / HTTP/1.1\r\nAuthorization: Basic " + SECRET,
            "USER bob\r\nPASS " + SECRET,
            "a1 LOGIN bob " + SECRET,
            "EHLO h\r\nAUTH PLAIN " + SECRET,
            "\u0005\u0001\u0002" + SECRET,
            SECRET)) {
      byte[] bytes = said.getBytes(StandardCharsets.ISO_8859_1);
      for (int kept = 1; kept <= bytes.length; kept++) {
        Dialogue dialogue = dialogue();
        dialogue.payload(Direction.ORIGINATOR, bytes, 0, kept, 1);
        byte[] saved = memory(SEAL).save(new FlowInspection(new Flow(), dialogue));
        String text = new String(saved, StandardCharsets.ISO_8859_1);
        for (int from = 0; from + 6 <= SECRET.length(); from++) {
          assertThat(text).doesNotContain(SECRET.substring(from, from + 6));
        }
        FlowInspection restored = memory(SEAL).restore(new Flow(), saved);
        assertThat(restored).isNotNull();
        assertThat(memory(SEAL).save(restored)).hasSameSizeAs(saved);
        assertThat(memory(new StateSeal(new byte[] {1})).restore(new Flow(), saved)).isNull();
      }
    }
  }

  private static Dialogue dialogue() {
    Flow flow = new Flow();
    flow.protocol = 6;
    return new Dialogue(
        flow, new FlowFacts(), new ProtocolSet(Protocols.all()), DetectionSettings.defaults());
  }
}
