package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ElasticsearchExtension.class)
class ElasticsearchSinkContractIT extends DocumentSinkContract {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  @TempDir private Path folder;
  private ElasticsearchConnection connection;

  @BeforeEach
  void connect(EmbeddedElasticsearch node) throws IOException {
    BulkSettings bulk = BulkSettings.defaults(folder).withSize(200_000, 1_000);
    connection =
        ElasticsearchConnection.open(
            ElasticsearchSettings.of(node.url(), bulk)
                .withNamespace("contract" + NAMESPACES.incrementAndGet()));
    IndexSetup.install(connection, Retention.defaults());
  }

  @AfterEach
  void disconnect() throws IOException {
    connection.close();
  }

  @Override
  DocumentSink open() {
    return new ElasticsearchSink(connection);
  }

  @Override
  Map<String, String> stored(DocumentKind kind) throws IOException {
    return StoredDocuments.of(connection, kind);
  }
}
