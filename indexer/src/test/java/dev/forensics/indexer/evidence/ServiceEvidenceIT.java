package dev.forensics.indexer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.config.ConfigLoader;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.service.IndexerService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service beside a capture that grows: evidence with the alarm, all of it at the flow's end.
 */
@ExtendWith(ElasticsearchExtension.class)
class ServiceEvidenceIT {

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private Path config(EmbeddedElasticsearch node, String name, Path ring) throws IOException {
    Path file = folder.resolve("forensics.yml");
    Files.writeString(
        file,
        """
        elasticsearch: { hosts: ["%s"], namespace: %s }
        sensors:
          - { name: %s, captures: %s, every: 1s, quiet: 4s }
        http: { bind: "127.0.0.1:0" }
        state: %s
        """
            .formatted(node.url(), name, name, ring, folder.resolve("state")));
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng"})
  void shouldStorePacketsWhileTheCaptureGrowsAndServeThemWhenItIsGone(
      String ending, EmbeddedElasticsearch node) throws Exception {
    String name = "serviceevidence" + ending;
    Path ring = Files.createDirectory(folder.resolve("ring"));
    List<TestFrame> flow =
        TestTraffic.alarm(50_001, 60, TestTraffic.START, 20 * TestTraffic.MILLISECOND);
    List<TestFrame> others =
        TestTraffic.others(3, 900, TestTraffic.START, 3 * TestTraffic.MILLISECOND);
    byte[] bytes =
        Files.readAllBytes(
            TestFrame.write(folder.resolve("whole." + ending), TestFrame.merged(flow, others)));
    Path growing = ring.resolve("x." + ending);
    Files.write(growing, Arrays.copyOf(bytes, bytes.length / 2));
    Path config = config(node, name, ring);
    EvidenceFolder evidence = new EvidenceFolder(folder.resolve("state").resolve("evidence"));
    try (ElasticsearchConnection connection = connect(node, name);
        IndexerService service =
            new IndexerService(
                ConfigLoader.load(config, Map.of()),
                new IndexerService.DatabaseLogin(null, null))) {
      String alarm = Await.answer(() -> alarm(connection), "the alarm");
      EvidenceFile first = Await.answer(() -> evidence.find(alarm), "its packets");
      assertThat(first.label().isFinal()).isFalse();
      List<TestFrame> early = TestFrame.read(first.path());
      assertThat(early).isNotEmpty().isEqualTo(flow.subList(0, early.size()));

      byte[] rest = Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
      Files.write(growing, rest, StandardOpenOption.APPEND);
      EvidenceFile last =
          Await.answer(
              () -> evidence.find(alarm).filter(file -> file.label().isFinal()), "all of them");
      evidence.verify(last);
      assertThat(TestFrame.read(last.path())).isEqualTo(flow);

      assertThat(get(service, alarm)).isEqualTo(flow);
      Files.delete(growing);
      TestFrame.write(growing, TestTraffic.others(4, 500, TestTraffic.START, 1_000));
      assertThat(get(service, alarm)).isEqualTo(flow);
      assertThat(get(service, last.label().flowId())).isEqualTo(flow);
    }
  }

  private static ElasticsearchConnection connect(EmbeddedElasticsearch node, String name)
      throws IOException {
    BulkSettings bulk = BulkSettings.defaults(Path.of("unused"));
    return ElasticsearchConnection.open(
        ElasticsearchSettings.of(node.url(), bulk).withNamespace(name));
  }

  private static Optional<String> alarm(ElasticsearchConnection connection) throws IOException {
    return connection
        .client()
        .search(
            s -> s.index(connection.names().of(DocumentKind.ALARM)).ignoreUnavailable(true),
            ObjectNode.class)
        .hits()
        .hits()
        .stream()
        .map(hit -> hit.id())
        .findFirst();
  }

  private List<TestFrame> get(IndexerService service, String id) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + service.address().getPort() + "/pcap/" + id);
    Path file = folder.resolve("got.pcapng");
    HttpResponse<Path> answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofFile(file));
    assertThat(answer.statusCode()).isEqualTo(200);
    return TestFrame.read(file);
  }
}
