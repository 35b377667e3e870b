package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.service.ServedFolder;
import dev.forensics.indexer.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Evidence that could not be stored before the service was killed is stored when it is back. */
@ExtendWith(ElasticsearchExtension.class)
class EvidenceBacklogIT {
  @TempDir private Path folder;
  private ServedFolder served;
  private Path evidence;
  private List<TestFrame> flow;

  private void write(EmbeddedElasticsearch node) throws IOException {
    served = new ServedFolder(folder, node.url());
    evidence = folder.resolve("state").resolve("evidence");
    Files.createDirectories(evidence.getParent());
    flow = TestTraffic.alarm(50_001, 20, TestTraffic.START, TestTraffic.MILLISECOND);
    List<TestFrame> others =
        TestTraffic.others(3, 400, TestTraffic.START, TestTraffic.MILLISECOND / 8);
    TestFrame.write(served.captures.resolve("x.pcapng"), TestFrame.merged(flow, others));
  }

  @Test
  void shouldStoreItWhenTheDiskIsFullNoMore(EmbeddedElasticsearch node) throws Exception {
    write(node);
    Files.createDirectory(evidence);
    assertStoredAfterwards(SmallDisk.over(evidence, this::alarmBeforeTheKill));
  }

  @Test
  void shouldStoreItWhenTheFolderCanBeMade(EmbeddedElasticsearch node) throws Exception {
    write(node);
    Files.writeString(evidence, "a file where the folder should be");
    String alarm = alarmBeforeTheKill();
    Files.delete(evidence);
    assertStoredAfterwards(alarm);
  }

  /** Kills the service when it has nothing left to do but evidence. */
  private String alarmBeforeTheKill() throws Exception {
    try (ElasticsearchConnection connection = served.connect();
        ServiceProcess service = served.start("1s", "2s")) {
      Await.answer(
          () -> first(connection, DocumentKind.CAPTURE, "forensics.capture.state", "done"),
          "the capture to be read");
      assertThat(service.get("/health").body()).contains("packets of alarms are not stored");
      String alarm =
          Await.answer(
              () -> first(connection, DocumentKind.ALARM, "event.kind", "alert"), "the alarm");
      service.kill();
      // A few packets may have found room with the alarm.
      Optional<EvidenceFile> stored = new EvidenceFolder(evidence).find(alarm);
      assertThat(stored.filter(file -> file.label().isFinal())).isEmpty();
      return alarm;
    }
  }

  private void assertStoredAfterwards(String alarm) throws Exception {
    EvidenceFolder stored = new EvidenceFolder(evidence);
    try (ServiceProcess service = served.start("1s", "2s")) {
      EvidenceFile file =
          Await.answer(
              () -> stored.find(alarm).filter(found -> found.label().isFinal()), "its packets");
      stored.verify(file);
      assertThat(TestFrame.read(file.path())).isEqualTo(flow);
      assertThat(service.log()).doesNotContain("ERROR");
    }
  }

  /** The id of one of the sensor's documents; empty also while its index is being made. */
  private Optional<String> first(
      ElasticsearchConnection connection, DocumentKind kind, String field, String value) {
    Query sensor = Query.of(q -> q.term(t -> t.field("observer.name").value(served.sensor)));
    Query wanted = Query.of(q -> q.term(t -> t.field(field).value(value)));
    try {
      return connection
          .client()
          .search(
              s ->
                  s.index(connection.names().of(kind))
                      .ignoreUnavailable(true)
                      .query(q -> q.bool(b -> b.filter(sensor, wanted))),
              ObjectNode.class)
          .hits()
          .hits()
          .stream()
          .map(hit -> hit.id())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
