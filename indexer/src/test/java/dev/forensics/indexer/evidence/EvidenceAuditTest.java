package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.flow.FlowSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored packets are compared with what the documents say of their alarm. */
class EvidenceAuditTest {
  private static final long START = TestTraffic.START;
  private static final long STEP = 10 * TestTraffic.MILLISECOND;
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;
  private final ReadDocuments documents = new ReadDocuments();
  private final List<List<TestFrame>> flows = new ArrayList<>();
  private EvidenceStore store;

  @BeforeEach
  void storeEvidence() throws Exception {
    Path ring = Files.createDirectory(folder.resolve("ring"));
    List<TestFrame> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      flows.add(TestTraffic.alarm(50_001 + i, 5, START + i * 1_000L * STEP, STEP));
      all.addAll(flows.get(i));
    }
    Path capture = TestFrame.write(ring.resolve("a.pcap"), all);
    store = new EvidenceStore(folder.resolve("evidence"), Duration.ofDays(9), 1L << 30, () -> NOW);
    EvidenceSink sink =
        new EvidenceSink(
            documents,
            store,
            new CaptureFinder(RecordedPaths.NONE, List.of(ring)),
            documents,
            () -> NOW);
    ReadDocuments.ingest(FlowSettings.defaults(), sink, capture);
    sink.flush();
    Files.delete(capture);
  }

  private FlowPackets alarm(int number) throws IOException {
    return documents.all(DocumentKind.ALARM).stream()
        .filter(alarm -> alarm.sourcePort() == 50_001 + number)
        .findFirst()
        .orElseThrow();
  }

  private EvidenceAudit.Finding find(DocumentSource source, int number) throws IOException {
    String id = alarm(number).documentId();
    return new EvidenceAudit(store.folder(), source, documents)
        .run().stream().filter(finding -> finding.alarmId().equals(id)).findFirst().orElseThrow();
  }

  private EvidenceAudit.Result result(int number) throws IOException {
    return find(documents, number).result();
  }

  /** Stores other packets under an alarm, with the right hash, as an earlier version did. */
  private void store(int number, List<TestFrame> frames) throws IOException {
    EvidenceFile before = store.folder().find(alarm(number).documentId()).orElseThrow();
    Path other = TestFrame.write(folder.resolve("other.pcapng"), frames);
    Files.copy(other, before.path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    var digest = EvidenceLabel.sha256Digest();
    digest.update(Files.readAllBytes(other));
    EvidenceLabel label = before.label();
    EvidenceLabel now =
        new EvidenceLabel(
            frames.size(), 0, true, label.flowId(), label.comment(), EvidenceLabel.hex(digest));
    Files.writeString(
        EvidenceFolder.label(before.path()), now.text(before.path().getFileName().toString()));
  }

  @Test
  void shouldFindNothingWrongWithWhatIsStored() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(find(documents, i))
          .isEqualTo(
              new EvidenceAudit.Finding(
                  alarm(i).documentId(), EvidenceAudit.Result.GOOD, flows.get(i).size(), ""));
    }
  }

  @Test
  void shouldFindPacketsOfAnotherConnection() throws Exception {
    store(1, flows.get(2));

    assertThat(result(0)).isEqualTo(EvidenceAudit.Result.GOOD);
    assertThat(result(1)).isEqualTo(EvidenceAudit.Result.WRONG);
    assertThat(find(documents, 1).detail())
        .isEqualTo(flows.get(2).size() + " packets are not the alarm's");
  }

  /** The same ports at another time, and one packet too few. */
  @Test
  void shouldFindPacketsOfAnotherTimeAndMissingOnes() throws Exception {
    store(0, TestTraffic.alarm(50_001, 5, START + 77_000 * STEP, STEP));
    store(1, flows.get(1).subList(0, flows.get(1).size() - 1));

    assertThat(result(0)).isEqualTo(EvidenceAudit.Result.WRONG);
    assertThat(result(1)).isEqualTo(EvidenceAudit.Result.WRONG);
    assertThat(find(documents, 1).detail())
        .isEqualTo("the flow has " + flows.get(1).size() + " packets");
  }

  @Test
  void shouldFindChangedAndUnreadableFiles() throws Exception {
    Path first = store.folder().packets(alarm(0).documentId());
    byte[] bytes = Files.readAllBytes(first);
    bytes[bytes.length - 30] ^= 1;
    Files.write(first, bytes);
    Files.delete(EvidenceFolder.label(store.folder().packets(alarm(1).documentId())));

    assertThat(result(0)).isEqualTo(EvidenceAudit.Result.WRONG);
    assertThat(find(documents, 0).detail()).contains("SHA-256");
    assertThat(result(1)).isEqualTo(EvidenceAudit.Result.UNREADABLE);
    assertThat(result(2)).isEqualTo(EvidenceAudit.Result.GOOD);
    assertThat(find(id -> Optional.empty(), 2).result()).isEqualTo(EvidenceAudit.Result.UNKNOWN);
  }

  /** What an earlier version stored wrongly is not served any more. */
  @Test
  void shouldNotServeWhatIsWrong() throws Exception {
    store(1, flows.get(2));
    StoredPackets stored =
        new StoredPackets(
            store.folder(),
            documents,
            documents,
            new CaptureFinder(RecordedPaths.NONE, List.of(folder.resolve("ring"))));

    assertThat(stored.find(alarm(1).documentId()).orElseThrow().areGone()).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(stored.find(alarm(2).documentId()).orElseThrow().writeTo(out).packets())
        .isEqualTo(flows.get(2).size());
  }
}
