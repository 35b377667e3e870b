package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.flow.FlowSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever passes by, the packets of its alarms are stored, and no document is kept back. */
class EvidenceSinkTest {
  private static final long START = TestTraffic.START;
  private static final long STEP = 10 * TestTraffic.MILLISECOND;

  @TempDir private Path folder;
  private Path ring;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final ReadDocuments documents = new ReadDocuments();
  private List<TestFrame> flow;
  private Path capture;

  @BeforeEach
  void makeTraffic() throws IOException {
    ring = Files.createDirectory(folder.resolve("ring"));
    flow = TestTraffic.alarm(50_001, 20, START + STEP, STEP);
    List<TestFrame> all = TestFrame.merged(flow, TestTraffic.others(7, 400, START, STEP / 8));
    capture = TestFrame.write(ring.resolve("a.pcap"), all);
  }

  private EvidenceStore store() {
    return new EvidenceStore(folder.resolve("evidence"), Duration.ofDays(365), 1L << 30, () -> now);
  }

  private EvidenceSink sink(EvidenceStore store) {
    CaptureFinder finder = new CaptureFinder(RecordedPaths.NONE, List.of(ring));
    return new EvidenceSink(documents, store, finder, documents, () -> now);
  }

  private static List<TestFrame> stored(EvidenceStore store, String alarmId) throws IOException {
    EvidenceFile file = store.folder().find(alarmId).orElseThrow();
    store.folder().verify(file);
    List<TestFrame> frames = TestFrame.read(file.path());
    assertThat(file.label().packets()).isEqualTo(frames.size());
    return frames;
  }

  private EcsDocument document(FlowPackets packets) {
    return documents.find(packets.documentId()).orElseThrow();
  }

  @Test
  void shouldKeepThePacketsPastTheirCapture() throws Exception {
    EvidenceStore store = store();
    ReadDocuments.ingest(FlowSettings.defaults(), sink(store), capture);
    Files.delete(capture);
    FlowPackets alarm = documents.alarm();

    assertThat(stored(store, alarm.documentId())).isEqualTo(flow);
    EvidenceLabel label = store.folder().find(alarm.flowId()).orElseThrow().label();
    assertThat(label.isFinal()).isTrue();
    assertThat(label.missing()).isZero();
    assertThat(label.comment()).contains("http-on-https-port", alarm.reason(), alarm.flowId());
    assertThat(store.counts().kept()).isEqualTo(1);
    assertThat(store.counts().failures()).isZero();
    assertThat(documents.flushes()).isPositive();
  }

  @Test
  void shouldStoreWhatIsKnownWithTheAlarmAndTheRestAtTheEndOfTheFlow() throws Exception {
    ReadDocuments.ingest(FlowSettings.defaults(), documents, capture);
    FlowPackets alarm = documents.alarm();
    FlowPackets whole = documents.of(alarm.flowId()).get(0);
    EvidenceStore store = store();
    EvidenceSink sink = sink(store);

    sink.accept(document(alarm));
    sink.flush();
    List<TestFrame> first = stored(store, alarm.documentId());
    assertThat(first).isEqualTo(flow.subList(0, first.size())).isNotEmpty();
    assertThat(first.size()).isLessThan(flow.size());
    assertThat(store.folder().find(alarm.documentId()).orElseThrow().label().isFinal()).isFalse();

    sink.accept(document(whole));
    sink.flush();
    assertThat(stored(store, alarm.documentId())).isEqualTo(flow);
    EvidenceLabel label = store.folder().find(alarm.documentId()).orElseThrow().label();
    assertThat(label.isFinal()).isTrue();
    assertThat(label.comment()).contains(alarm.reason());

    // The same again after a crash, the capture gone meanwhile: what is there stays.
    Files.delete(capture);
    sink.accept(document(alarm));
    sink.accept(document(whole));
    sink.flush();
    assertThat(stored(store, alarm.documentId())).isEqualTo(flow);
  }

  @Test
  void shouldGoOnWithEachSegmentThoughTheEarlierCapturesAreGone() throws Exception {
    List<TestFrame> all = TestTraffic.alarm(50_003, 300, START, 100 * TestTraffic.MILLISECOND);
    Path one = TestFrame.write(ring.resolve("one"), all.subList(0, 300));
    Path other = TestFrame.write(ring.resolve("other"), all.subList(300, all.size()));
    Files.delete(capture);
    ReadDocuments.ingest(
        ReadDocuments.settings(4096, Duration.ofSeconds(10)), documents, one, other);
    FlowPackets alarm = documents.alarm();
    List<FlowPackets> segments = documents.of(alarm.flowId());
    EvidenceStore store = store();
    EvidenceSink sink = sink(store);
    sink.accept(document(alarm));
    for (FlowPackets segment : segments) {
      if (segment.captures().size() == 1 && segment.startNanos() >= all.get(300).nanos()) {
        Files.deleteIfExists(one);
      }
      sink.accept(document(segment));
      sink.flush();
    }

    assertThat(segments).hasSizeGreaterThan(4);
    assertThat(one).doesNotExist();
    assertThat(stored(store, alarm.documentId())).isEqualTo(all);
  }

  @Test
  void shouldLookUpEarlierSegmentsWhenTheAlarmComesLate() throws Exception {
    List<TestFrame> all = TestTraffic.alarm(50_003, 300, START, 100 * TestTraffic.MILLISECOND);
    Path one = TestFrame.write(ring.resolve("one"), all);
    ReadDocuments.ingest(ReadDocuments.settings(4096, Duration.ofSeconds(10)), documents, one);
    FlowPackets alarm = documents.alarm();
    List<FlowPackets> segments = documents.of(alarm.flowId());
    EvidenceStore store = store();
    EvidenceSink sink = sink(store);
    String third =
        new String(document(alarm).json(), StandardCharsets.UTF_8)
            .replace("\"segment\":" + alarm.segment(), "\"segment\":3");
    sink.accept(
        new EcsDocument(
            DocumentKind.ALARM, alarm.documentId(), third.getBytes(StandardCharsets.UTF_8)));
    sink.flush();

    assertThat(stored(store, alarm.documentId())).isEqualTo(all);
    assertThat(segments).hasSizeGreaterThan(4);
  }

  @Test
  void shouldLeaveSuppressedAlarmsOut() throws Exception {
    ReadDocuments.ingest(FlowSettings.defaults(), documents, capture);
    FlowPackets alarm = documents.alarm();
    String suppressed =
        new String(document(alarm).json(), StandardCharsets.UTF_8)
            .replace("\"suppressed\":false", "\"suppressed\":true");
    EvidenceStore store = store();
    EvidenceSink sink = sink(store);

    sink.accept(
        new EcsDocument(
            DocumentKind.ALARM, alarm.documentId(), suppressed.getBytes(StandardCharsets.UTF_8)));
    sink.accept(document(documents.of(alarm.flowId()).get(0)));
    sink.flush();

    assertThat(store.counts().files()).isZero();
    assertThat(store.counts().failures()).isZero();
  }

  @Test
  void shouldCountWhatIsGoneAndDeliverTheDocuments() throws Exception {
    ReadDocuments.ingest(FlowSettings.defaults(), documents, capture);
    FlowPackets alarm = documents.alarm();
    Files.delete(capture);
    EvidenceStore store = store();
    EvidenceSink sink = sink(store);

    sink.accept(document(alarm));
    sink.flush();

    assertThat(store.folder().find(alarm.documentId())).isEmpty();
    assertThat(store.counts().missingPackets())
        .isEqualTo(alarm.captures().get(0).positions().length);
    assertThat(store.problem()).isEmpty();
  }

  @Test
  void shouldTryAgainAfterAPauseWhenTheFolderCouldNotBeWritten() throws Exception {
    Path blocked = Files.writeString(folder.resolve("evidence"), "in the way");
    EvidenceStore store = store();
    EvidenceSink sink = sink(store);
    ReadDocuments.ingest(FlowSettings.defaults(), sink, capture);
    FlowPackets alarm = documents.alarm();
    assertThat(store.problem()).isPresent();
    Files.delete(blocked);

    sink.flush();
    assertThat(store.folder().find(alarm.documentId())).isEmpty();
    now = now.plusSeconds(31);
    sink.flush();

    assertThat(stored(store, alarm.documentId())).isEqualTo(flow);
    assertThat(store.problem()).isEmpty();
  }

  @Test
  void shouldKeepNoDocumentBackWhenTheDiskIsFull() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("evidence"));
    EvidenceStore store =
        SmallDisk.over(
            disk,
            () -> {
              EvidenceStore full = store();
              ReadDocuments.ingest(FlowSettings.defaults(), sink(full), capture);
              try (Stream<Path> left = Files.walk(disk)) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
              }
              return full;
            });
    assertThat(documents.alarm()).isNotNull();
    assertThat(store.problem().orElseThrow()).contains("No space left");
    assertThat(store.counts().failures()).isPositive();
    assertThat(store.counts().files()).isZero();
    assertThat(store.folder().find(documents.alarm().documentId())).isEmpty();
  }

  @Test
  void shouldStoreMoreAlarmsThanItRemembers() throws Exception {
    List<TestFrame> all = new ArrayList<>();
    int alarms = 1_200;
    for (int i = 0; i < alarms; i++) {
      all.addAll(TestTraffic.alarm(10_000 + i, 1, START + i * 1_000L, 1_000));
    }
    Path many =
        TestFrame.gzip(TestFrame.write(ring.resolve("many"), TestFrame.merged(all, List.of())));
    EvidenceStore store = store();
    ReadDocuments.ingest(FlowSettings.defaults(), sink(store), many);

    assertThat(store.counts().files()).isEqualTo(alarms);
    for (FlowPackets alarm : documents.all(DocumentKind.ALARM)) {
      assertThat(store.folder().find(alarm.documentId()).orElseThrow().label().packets())
          .isEqualTo(8);
    }
  }

  @Test
  void shouldTakeDocumentsThatItCannotReadThrough() throws Exception {
    EvidenceStore store = store();
    EvidenceSink sink = sink(store);
    EcsDocument odd =
        new EcsDocument(DocumentKind.ALARM, "x", "{\"event\":{}}".getBytes(StandardCharsets.UTF_8));

    sink.accept(odd);
    sink.flush();
    sink.close();
    sink.close();

    assertThat(documents.find("x")).contains(odd);
    assertThat(store.counts().failures()).isEqualTo(1);
  }
}
