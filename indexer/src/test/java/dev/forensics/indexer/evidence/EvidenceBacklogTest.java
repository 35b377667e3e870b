package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FlowPackets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence that is missing since the folder could not be written is made up for. */
class EvidenceBacklogTest {
  private static final long START = TestTraffic.START;
  private static final long STEP = 10 * TestTraffic.MILLISECOND;
  private static final Instant NOW = Instant.parse("2026-11-22T10:05:00Z");

  @TempDir private Path folder;
  private Path ring;
  private ReadDocuments documents;
  private final Semaphore asked = new Semaphore(0);
  private final List<Instant> since = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void makeTraffic() throws Exception {
    ring = Files.createDirectory(folder.resolve("ring"));
    Path one = TestFrame.write(ring.resolve("one"), flow(50_001, START));
    Path other = TestFrame.write(ring.resolve("other"), flow(50_002, START + 1_000 * STEP));
    documents = ReadDocuments.of(one, other);
  }

  private static List<TestFrame> flow(int port, long start) {
    return TestTraffic.alarm(port, 20, start, STEP);
  }

  private EvidenceStore store(long mostBytes) {
    return new EvidenceStore(
        folder.resolve("evidence"), Duration.ofDays(9), mostBytes, InstantSource.fixed(NOW));
  }

  private EvidenceSink sink(EvidenceStore store) {
    CaptureFinder finder = new CaptureFinder(RecordedPaths.NONE, List.of(ring));
    return new EvidenceSink(documents, store, finder, documents, InstantSource.fixed(NOW));
  }

  /** The latest first, as Elasticsearch answers. */
  private List<String> alarms() throws IOException {
    List<String> ids = new ArrayList<>();
    documents.all(DocumentKind.ALARM).forEach(alarm -> ids.add(0, alarm.documentId()));
    return ids;
  }

  private void catchUp(EvidenceStore store) throws Exception {
    Set<Thread> others = searches(); // of other tests, which may wait for a server for long
    EvidenceSink sink = sink(store);
    List<String> ids = alarms();
    sink.catchUp(
        (time, most) -> {
          since.add(time);
          asked.release();
          return ids;
        },
        documents);
    sink.flush();
    asked.acquire();
    for (Thread search : searches()) {
      if (!others.contains(search)) {
        search.join();
      }
    }
    sink.close();
  }

  private static Set<Thread> searches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("evidence-backlog"))
        .collect(Collectors.toSet());
  }

  private List<TestFrame> stored(EvidenceStore store, String id) throws IOException {
    return TestFrame.read(store.folder().find(id).orElseThrow().path());
  }

  @Test
  void shouldStoreWhatIsStillInTheCaptures() throws Exception {
    EvidenceStore store = store(1 << 30);

    catchUp(store);

    List<String> ids = alarms();
    assertThat(ids).hasSize(2);
    assertThat(stored(store, ids.get(1))).isEqualTo(flow(50_001, START));
    assertThat(stored(store, ids.get(0))).isEqualTo(flow(50_002, START + 1_000 * STEP));
    EvidenceLabel label = store.folder().find(ids.get(0)).orElseThrow().label();
    assertThat(label.isFinal()).isTrue();
    assertThat(label.comment()).contains("rule http-on-https-port: ");
    assertThat(since).containsExactly(NOW.minus(Duration.ofDays(9)));
  }

  /** Another sink takes its place: two must not write the evidence of one alarm. */
  @Test
  void shouldHaveEndedWhenItIsLetGo() throws Exception {
    EvidenceStore store = store(1 << 30);
    EvidenceSink sink = sink(store);
    List<String> ids = alarms();
    AtomicBoolean hasEnded = new AtomicBoolean();
    sink.catchUp(
        (time, most) -> {
          asked.release();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            hasEnded.set(true);
            throw new IllegalStateException("as the client of Elasticsearch does", e);
          }
          return ids;
        },
        documents);
    sink.flush();
    asked.acquire();

    sink.letGo();

    assertThat(hasEnded).isTrue();
    sink.flush();
    sink.close();
    assertThat(asked.availablePermits()).isZero();
    assertThat(store.counts().kept()).isZero();
    assertThat(store.counts().failures()).isZero();
  }

  @Test
  void shouldLeaveAlarmsAloneWhoseCapturesAreGone() throws Exception {
    Files.delete(ring.resolve("one"));
    EvidenceStore store = store(1 << 30);

    catchUp(store);

    assertThat(store.counts().kept()).isEqualTo(1);
    assertThat(store.counts().missingPackets()).isZero();
    assertThat(store.counts().failures()).isZero();
  }

  @Test
  void shouldCompleteWhatWasStoredWithTheAlarmOnly() throws Exception {
    EvidenceStore store = store(1 << 30);
    EvidenceSink sink = sink(store);
    for (EcsDocument alarm : alarmDocuments()) {
      sink.accept(alarm);
    }
    sink.flush();
    assertThat(store.folder().find(alarms().get(0)).orElseThrow().label().isFinal()).isFalse();

    catchUp(store);

    assertThat(stored(store, alarms().get(0))).isEqualTo(flow(50_002, START + 1_000 * STEP));
    assertThat(store.counts().replaced()).isEqualTo(2);
  }

  private List<EcsDocument> alarmDocuments() throws IOException {
    return alarms().stream().map(id -> documents.find(id).orElseThrow()).toList();
  }

  /** Otherwise what was removed to make room would push out what is there. */
  @Test
  void shouldNotGoBackBehindTheOldestFileOfAFolderThatIsHalfFull() throws Exception {
    EvidenceStore store = store(1 << 30);
    catchUp(store);
    long bytes = store.counts().bytes();

    EvidenceStore tight = store(bytes + bytes / 2);
    catchUp(tight);

    assertThat(since).containsExactly(NOW.minus(Duration.ofDays(9)), NOW);
  }

  @Test
  void shouldTellAlarmsByWhatIsStored() throws Exception {
    EvidenceStore store = store(1 << 30);
    catchUp(store);
    catchUp(store);

    assertThat(store.counts().kept()).isEqualTo(2);
    assertThat(store.counts().replaced()).isZero();
    List<FlowPackets> alarms = documents.all(DocumentKind.ALARM);
    assertThat(alarms).hasSize(2);
  }
}
