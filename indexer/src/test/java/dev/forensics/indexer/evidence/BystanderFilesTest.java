package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.index.RecordedPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that begin with the same packet as a capture and go on otherwise: extracts, conversions,
 * trimmed and thinned copies. Packets of an alarm are its own, or said to be gone.
 */
class BystanderFilesTest {
  private static final long START = TestTraffic.START;
  private static final long STEP = 10 * TestTraffic.MILLISECOND;
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;
  private Path ring;
  private final List<List<TestFrame>> flows = new ArrayList<>();
  private Path capture;
  private ReadDocuments documents;

  /**
   * Connections one after the other, of the same sizes: only addresses and times tell them apart.
   */
  @BeforeEach
  void makeTraffic() throws Exception {
    ring = Files.createDirectory(folder.resolve("ring"));
    for (int i = 0; i < 3; i++) {
      flows.add(TestTraffic.alarm(50_001 + i, 5, START + i * 1_000L * STEP, STEP));
    }
    capture = TestFrame.write(ring.resolve("edge_00001.pcap"), joined(flows));
    documents = ReadDocuments.of(capture);
  }

  private static List<TestFrame> joined(List<List<TestFrame>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  /** What an analyst cuts out: the first and the third connection. */
  private List<TestFrame> extract() {
    return joined(List.of(flows.get(0), flows.get(2)));
  }

  private FlowPackets alarm(int port) throws IOException {
    return documents.all(DocumentKind.ALARM).stream()
        .filter(alarm -> alarm.sourcePort() == port)
        .findFirst()
        .orElseThrow();
  }

  private static RecordedPath recorded(String sensor, Path path) {
    return new RecordedPath(sensor, path.toString());
  }

  private RecordedPaths ledger(RecordedPath... places) {
    return ids -> Map.of(ids.iterator().next(), List.of(places));
  }

  private PacketExport.Packets find(RecordedPaths ledger, int port) throws IOException {
    return new StoredPackets(
            new EvidenceFolder(folder.resolve("none")),
            documents,
            documents,
            new CaptureFinder(ledger, List.of(ring)))
        .find(alarm(port).documentId())
        .orElseThrow();
  }

  private record Written(List<TestFrame> frames, CopyCounts counts, String text) {}

  private Written export(RecordedPaths ledger, int port) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CopyCounts counts = find(ledger, port).writeTo(out);
    Path file = Files.write(folder.resolve("out.pcapng"), out.toByteArray());
    return new Written(TestFrame.read(file), counts, out.toString(StandardCharsets.ISO_8859_1));
  }

  private void requireAllOf(RecordedPaths ledger) throws IOException {
    for (int i = 0; i < 3; i++) {
      Written written = export(ledger, 50_001 + i);
      assertThat(written.frames).isEqualTo(flows.get(i));
      assertThat(written.counts).isEqualTo(new CopyCounts(flows.get(i).size(), 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"extract.pcap", "aaa.pcap", "extract.pcapng"})
  void shouldTakeThePacketsOutOfTheFileThatLiesUntouchedInItsPlace(String name) throws Exception {
    Path extract = TestFrame.write(ring.resolve(name), extract());

    requireAllOf(RecordedPaths.NONE);
    requireAllOf(ledger(recorded("case", extract)));
    requireAllOf(ledger(recorded("case", extract), recorded("test", capture)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"export.pcapng", "export.pcap.gz"})
  void shouldNotBeLedAstrayByALongerFileOfTheSameBeginning(String name) throws Exception {
    List<TestFrame> more = new ArrayList<>(joined(flows));
    more.addAll(TestTraffic.others(3, 200, START + 9_000 * STEP, STEP));
    Path plain = TestFrame.write(ring.resolve(name.replace(".gz", "")), more);
    if (name.endsWith(".gz")) {
      TestFrame.gzip(plain);
    }
    Files.move(capture, ring.resolve("kept"));

    requireAllOf(RecordedPaths.NONE);
  }

  @Test
  void shouldSayThatPacketsAreGoneWhereOthersStandInTheirPlaces() throws Exception {
    TestFrame.write(capture, extract()); // trimmed under its own name

    assertThat(export(ledger(recorded("test", capture)), 50_001).frames).isEqualTo(flows.get(0));
    assertThat(find(RecordedPaths.NONE, 50_002).areGone()).isTrue();
    assertThat(find(RecordedPaths.NONE, 50_003).areGone()).isTrue();
  }

  /** The same ports again later: the addresses are right, the time is not. */
  @Test
  void shouldNotTakeALaterConnectionOfTheSamePortsForTheFlow() throws Exception {
    List<List<TestFrame>> again = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      again.add(TestTraffic.alarm(50_001, 5, START + i * 100_000L * STEP, STEP));
    }
    TestFrame.write(capture, joined(again));
    documents = ReadDocuments.of(capture);
    List<FlowPackets> alarms = documents.all(DocumentKind.ALARM);
    assertThat(alarms).hasSize(3);
    TestFrame.write(capture, joined(List.of(again.get(0), again.get(2))));

    StoredPackets stored =
        new StoredPackets(
            new EvidenceFolder(folder.resolve("none")),
            documents,
            documents,
            new CaptureFinder(RecordedPaths.NONE, List.of(ring)));
    assertThat(stored.find(alarms.get(1).documentId()).orElseThrow().areGone()).isTrue();
    assertThat(stored.find(alarms.get(0).documentId()).orElseThrow().areGone()).isFalse();
  }

  /** A packet is missing in a thinned copy: those behind it stand where their neighbours stood. */
  @Test
  void shouldCountWhatAThinnedCopyDoesNotHave() throws Exception {
    List<TestFrame> thinned = new ArrayList<>(joined(flows));
    thinned.remove(flows.get(0).size() + 1);
    TestFrame.write(capture, thinned);

    Written written = export(RecordedPaths.NONE, 50_002);

    assertThat(written.frames).isSubsetOf(flows.get(1));
    assertThat(written.counts.packets()).isEqualTo(written.frames.size());
    assertThat(written.counts.missing())
        .isEqualTo(flows.get(1).size() - written.frames.size())
        .isPositive();
    assertThat(written.text).contains(" packets cannot be had any more");
  }

  /** What a flow has is its own, whatever the clock said for a moment. */
  @Test
  void shouldGiveAPacketOfAnotherTimeAmidTheFlow() throws Exception {
    List<TestFrame> odd = new ArrayList<>(flows.get(0));
    TestFrame early = odd.get(6);
    odd.set(6, new TestFrame(early.nanos() - 50 * STEP, early.hex()));
    TestFrame.write(capture, odd);
    documents = ReadDocuments.of(capture);

    assertThat(export(RecordedPaths.NONE, 50_001).frames).containsExactlyElementsOf(odd);
  }

  @ParameterizedTest
  @ValueSource(strings = {".pcap", ".pcapng"})
  void shouldCheckTheRangesOfALongFlow(String ending) throws Exception {
    Path file = TestFrame.write(ring.resolve("long" + ending), joined(flows));
    Files.delete(capture);
    documents = ReadDocuments.of(ReadDocuments.settings(2, Duration.ofHours(1)), file);
    assertThat(documents.of(alarm(50_002).flowId()).get(0).ranges()).isNotEmpty();
    requireAllOf(RecordedPaths.NONE);

    TestFrame.write(file, extract());

    assertThat(export(RecordedPaths.NONE, 50_001).frames).isEqualTo(flows.get(0));
    assertThat(find(RecordedPaths.NONE, 50_002).areGone()).isTrue();
    assertThat(find(RecordedPaths.NONE, 50_003).areGone()).isTrue();
  }

  @Test
  void shouldStoreNothingAsEvidenceButTheAlarmsOwnPackets() throws Exception {
    TestFrame.write(ring.resolve("extract.pcap"), extract());
    Files.delete(capture);
    EvidenceStore store =
        new EvidenceStore(folder.resolve("evidence"), Duration.ofDays(9), 1L << 30, () -> NOW);
    EvidenceSink sink =
        new EvidenceSink(
            documents,
            store,
            new CaptureFinder(RecordedPaths.NONE, List.of(ring)),
            documents,
            () -> NOW);
    for (FlowPackets alarm : documents.all(DocumentKind.ALARM)) {
      sink.accept(documents.find(alarm.documentId()).orElseThrow());
      sink.accept(documents.find(alarm.flowId()).orElseThrow());
    }
    sink.flush();

    EvidenceFile first = store.folder().find(alarm(50_001).documentId()).orElseThrow();
    assertThat(TestFrame.read(first.path())).isEqualTo(flows.get(0));
    assertThat(first.label().missing()).isZero();
    assertThat(store.folder().find(alarm(50_002).documentId())).isEmpty();
    assertThat(store.folder().find(alarm(50_003).documentId())).isEmpty();
    assertThat(store.counts().missingPackets())
        .isEqualTo(flows.get(1).size() + flows.get(2).size());
  }

  @Test
  void shouldTakeEvidenceOfEachAlarmOutOfWhicheverFileHasIt() throws Exception {
    Path extract = TestFrame.write(ring.resolve("extract.pcap"), extract());
    EvidenceStore store =
        new EvidenceStore(folder.resolve("evidence"), Duration.ofDays(9), 1L << 30, () -> NOW);
    CaptureFinder finder = new CaptureFinder(ledger(recorded("test", extract)), List.of(ring));
    EvidenceSink sink = new EvidenceSink(new ReadDocuments(), store, finder, documents, () -> NOW);
    ReadDocuments.ingest(FlowSettings.defaults(), sink, capture);
    sink.flush();

    for (int i = 0; i < 3; i++) {
      EvidenceFile file = store.folder().find(alarm(50_001 + i).documentId()).orElseThrow();
      assertThat(TestFrame.read(file.path())).isEqualTo(flows.get(i));
      assertThat(file.label().isFinal()).isTrue();
    }
  }
}
