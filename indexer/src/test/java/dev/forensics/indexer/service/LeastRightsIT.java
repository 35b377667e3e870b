package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.config.ConfigLoader;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchCredentials;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.index.StoredDocuments;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import dev.forensics.indexer.index.embedded.EmbeddedSecurity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service over TLS with the rights of writer.json and no others. */
class LeastRightsIT {
  private static final Path SAMPLES = Path.of("../samples/generated");

  @TempDir private static Path folder;
  private static EmbeddedElasticsearch node;
  private static ElasticsearchSettings chief;

  @BeforeAll
  static void start() throws Exception {
    EmbeddedSecurity security =
        new EmbeddedSecurity(
            List.of(
                new EmbeddedSecurity.User("chief", "chief-secret", List.of("superuser")),
                new EmbeddedSecurity.User("writer", "writer-secret", List.of("forensics_writer"))),
            "forensics_writer: " + IndexSetup.writerRole().replace("\n", " ") + "\n");
    node = EmbeddedElasticsearch.start(EmbeddedOptions.defaults().withSecurity(security));
    chief =
        ElasticsearchSettings.of(node.url(), BulkSettings.defaults(folder))
            .withCaFile(node.certificate().orElseThrow())
            .withCredentials(ElasticsearchCredentials.user("chief", "chief-secret"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void shouldWaitForTheTemplatesThenFollowResumeAndServePackets() throws Exception {
    Path captures = Files.createDirectories(folder.resolve("captures"));
    Files.copy(SAMPLES.resolve("http2-preface.pcap"), captures.resolve("one.pcap"));
    try (ElasticsearchConnection connection = ElasticsearchConnection.open(chief)) {
      try (IndexerService service = service(captures)) {
        Await.until(() -> page(service, "/health").contains("run `forensics setup`"), "the hint");
        IndexSetup.install(connection, Retention.defaults());
        Await.until(() -> metric(service, "forensics_captures_done_total") == 1, "the capture");
        assertThat(page(service, "/health")).contains("\"ready\":true");
      }
      Set<String> first = alarms(connection);
      assertThat(first).isNotEmpty();

      Files.copy(SAMPLES.resolve("midstream.pcap"), captures.resolve("two.pcap"));
      try (IndexerService service = service(captures)) {
        Await.until(() -> metric(service, "forensics_captures_done_total") == 1, "the capture");
        assertThat(metric(service, "forensics_resumptions_total")).isEqualTo(1);
        assertThat(metric(service, "forensics_sink_duplicates_total")).isZero();
        assertThat(metric(service, "forensics_dead_letters_total")).isZero();
        assertThat(alarms(connection)).hasSizeGreaterThan(first.size()).containsAll(first);
        String id = first.iterator().next();
        assertThat(get(service, "/pcap/" + id).statusCode()).isEqualTo(200);
      }
    }
  }

  private static IndexerService service(Path captures) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("forensics.yml"),
            """
            elasticsearch: { hosts: ["%s"], ca_file: "%s" }
            sensors: [{ name: rights, captures: "%s", every: 100ms, quiet: 1s }]
            http: { bind: "127.0.0.1:0" }
            """
                .formatted(node.url(), node.certificate().orElseThrow(), captures));
    IndexerConfig config =
        ConfigLoader.load(
            file,
            Map.of(
                ElasticsearchCredentials.USER, "writer",
                ElasticsearchCredentials.PASSWORD, "writer-secret"));
    return new IndexerService(config, new IndexerService.DatabaseLogin(null, null));
  }

  private static Set<String> alarms(ElasticsearchConnection connection) throws Exception {
    return StoredDocuments.of(connection, DocumentKind.ALARM).keySet();
  }

  private static double metric(IndexerService service, String name) throws Exception {
    return page(service, "/metrics")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(-1);
  }

  private static String page(IndexerService service, String path) throws Exception {
    return get(service, path).body();
  }

  private static HttpResponse<String> get(IndexerService service, String path) throws Exception {
    URI page = URI.create("http://127.0.0.1:" + service.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(page).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }
}
