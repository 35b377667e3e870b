package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import dev.forensics.indexer.index.embedded.EmbeddedSecurity;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, log-in, and the least rights that suffice for writing. */
class ElasticsearchSecurityIT {
  private static final ElasticsearchCredentials CHIEF =
      ElasticsearchCredentials.user("chief", "chief-secret");
  private static final ElasticsearchCredentials WRITER =
      ElasticsearchCredentials.user("writer", "writer-secret");

  @TempDir private static Path folder;
  private static EmbeddedElasticsearch node;
  private static ElasticsearchSettings settings;

  @BeforeAll
  static void start() throws Exception {
    EmbeddedSecurity security =
        new EmbeddedSecurity(
            List.of(
                new EmbeddedSecurity.User("chief", "chief-secret", List.of("superuser")),
                new EmbeddedSecurity.User("writer", "writer-secret", List.of("forensics_writer"))),
            "forensics_writer: " + IndexSetup.writerRole().replace("\n", " ") + "\n");
    node = EmbeddedElasticsearch.start(EmbeddedOptions.defaults().withSecurity(security));
    settings =
        ElasticsearchSettings.of(
                node.url(), BulkSettings.defaults(folder).withGiveUpAfter(Duration.ofMillis(500)))
            .withCaFile(node.certificate().orElseThrow());
    try (ElasticsearchConnection chief = connect(CHIEF)) {
      IndexSetup.install(chief, Retention.defaults());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (node != null) {
      node.close();
    }
  }

  private static ElasticsearchConnection connect(ElasticsearchCredentials credentials)
      throws Exception {
    return ElasticsearchConnection.open(settings.withCredentials(credentials));
  }

  @Test
  void shouldWriteAndLookUpWithTheLeastRights() throws Exception {
    try (ElasticsearchConnection writer = connect(WRITER)) {
      assertThat(writer.check().orElseThrow().isSupported()).isTrue();
      try (ElasticsearchSink sink = new ElasticsearchSink(writer)) {
        sink.accept(TestDocuments.flow(1));
        sink.accept(TestDocuments.alarm(1));
        sink.accept(TestDocuments.capture("one", "reading", 1));
        sink.flush();
        sink.accept(TestDocuments.capture("one", "done", 2));
        sink.flush();
        assertThat(sink.counts().indexed() + sink.counts().duplicates()).isEqualTo(4);
        assertThat(sink.counts().deadLettered()).isZero();
      }
      assertThat(
              new DocumentLookup(writer).existing(DocumentKind.FLOW, List.of("flow-1", "flow-2")))
          .containsExactly("flow-1");
    }
  }

  @Test
  void shouldNotAllowTheWriterToChangeOrDeleteEvidence() throws Exception {
    try (ElasticsearchConnection chief = connect(CHIEF);
        ElasticsearchConnection writer = connect(WRITER)) {
      store(chief, TestDocuments.flow(1));
      JsonRequests requests = new JsonRequests(writer);
      String index = "/" + writeIndex(chief);
      assertThat(changes(requests, writeIndex(chief)).toString())
          .contains("action [indices:data/write/delete] is unauthorized for user [writer]")
          .contains(
              "action [indices:data/write/index:op_type/index] is unauthorized for user [writer]")
          .doesNotContain("\"result\"");
      assertThatThrownBy(() -> requests.send("DELETE", index, null)).hasMessageContaining("403");
      assertThatThrownBy(() -> IndexSetup.install(writer, Retention.defaults()))
          .isInstanceOf(ElasticsearchUnavailableException.class)
          .hasMessageContaining("does not allow this (403, user writer)");
    }
  }

  private static void store(ElasticsearchConnection connection, EcsDocument document)
      throws Exception {
    try (ElasticsearchSink sink = new ElasticsearchSink(connection)) {
      sink.accept(document);
    }
  }

  private static String writeIndex(ElasticsearchConnection chief) throws Exception {
    return new JsonRequests(chief)
        .send("GET", "/" + chief.names().of(DocumentKind.FLOW) + "/_settings", null)
        .fieldNames()
        .next();
  }

  /** Tries to delete a flow and to put another in its place, past the data stream. */
  private static JsonNode changes(JsonRequests requests, String index) throws Exception {
    String at = "{\"_index\":\"" + index + "\",\"_id\":\"flow-1\"";
    String bulk =
        "{\"delete\":"
            + at
            + "}}\n"
            + "{\"index\":"
            + at
            + ",\"if_seq_no\":0,\"if_primary_term\":1}}\n"
            + "{\"@timestamp\":\"2026-01-01T00:00:00Z\"}\n";
    return requests.send("POST", "/_bulk", bulk.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldSayWhenCredentialsAreRefused() throws Exception {
    ElasticsearchCredentials wrong = ElasticsearchCredentials.user("writer", "guess-4711");
    try (ElasticsearchConnection connection = connect(wrong)) {
      assertThatThrownBy(connection::check)
          .isInstanceOf(ElasticsearchUnavailableException.class)
          .hasMessageContaining("refuses the credentials (401, user writer)")
          .hasMessageNotContaining("guess-4711");
    }
  }

  @Test
  void shouldHoldDocumentsBackWhenTheRightsAreMissing() throws Exception {
    ElasticsearchSettings elsewhere = settings.withCredentials(WRITER);
    try (ElasticsearchConnection chief = connect(CHIEF);
        ElasticsearchConnection writer = ElasticsearchConnection.open(elsewhere)) {
      new JsonRequests(chief).send("DELETE", "/forensics-captures", null);
      IndexSetup.install(chief, Retention.defaults());
      new JsonRequests(chief)
          .send(
              "PUT",
              "/forensics-captures/_settings",
              "{\"index.blocks.write\":true}".getBytes(StandardCharsets.UTF_8));
      ElasticsearchSink sink = new ElasticsearchSink(writer);
      sink.accept(TestDocuments.capture("blocked", "done", 1));
      assertThatThrownBy(sink::flush)
          .isInstanceOf(UndeliveredException.class)
          .hasMessageContaining("cluster_block_exception");
      assertThatThrownBy(sink::close).isInstanceOf(UndeliveredException.class);
      assertThat(sink.counts().deadLettered()).isZero();
      new JsonRequests(chief)
          .send(
              "PUT",
              "/forensics-captures/_settings",
              "{\"index.blocks.write\":false}".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void shouldTrustByFingerprint() throws Exception {
    try (ElasticsearchConnection connection =
        ElasticsearchConnection.open(
            settings.withCredentials(WRITER).withCaFingerprint(fingerprint()))) {
      assertThat(connection.check()).isPresent();
    }
  }

  private static String fingerprint() throws Exception {
    try (InputStream in = Files.newInputStream(node.certificate().orElseThrow())) {
      byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    }
  }

  @Test
  void shouldNotTrustAnUnknownCertificate() throws Exception {
    ElasticsearchSettings untrusting =
        ElasticsearchSettings.of(node.url(), settings.bulk()).withCredentials(WRITER);
    try (ElasticsearchConnection connection = ElasticsearchConnection.open(untrusting)) {
      assertThatThrownBy(connection::check)
          .isInstanceOf(ElasticsearchUnavailableException.class)
          .hasMessageContaining("set the CA file or fingerprint");
    }
  }
}
