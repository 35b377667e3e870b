package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node is killed in the middle and comes back. */
class ElasticsearchRestartIT {
  private static final int DOCUMENTS = 20_000;
  private static final int BULK_DOCUMENTS = 100;
  private static final int BULK_BYTES = 20_000;
  private static final int CONCURRENCY = 2;
  private static final int BATCHES = CONCURRENCY + 2;

  @TempDir private Path folder;

  @Test
  void shouldLoseNothingAndHoldBackWhileTheNodeIsGone() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    EmbeddedOptions options = EmbeddedOptions.defaults().withFolder(folder.resolve("node"));
    EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options);
    ExecutorService producer = Executors.newSingleThreadExecutor();
    try (ElasticsearchConnection connection = connect(node);
        ElasticsearchSink sink = new ElasticsearchSink(connection)) {
      IndexSetup.install(connection, Retention.defaults());
      Future<Void> producing = producer.submit(produce(sink));
      Await.until(() -> sink.counts().indexed() >= DOCUMENTS / 10, "the first documents");
      node.kill();
      Await.until(() -> !sink.health().isDelivering(), "the sink notices");
      assertHeldBack(sink, producing);

      node.close();
      node = EmbeddedElasticsearch.start(options.withPort(node.url().getPort()));
      producing.get();
      sink.flush();
      assertComplete(sink, connection);
    } finally {
      producer.shutdownNow();
      node.close();
    }
  }

  private ElasticsearchConnection connect(EmbeddedElasticsearch node) throws IOException {
    BulkSettings bulk =
        BulkSettings.defaults(folder.resolve("dead"))
            .withSize(BULK_BYTES, BULK_DOCUMENTS)
            .withConcurrency(CONCURRENCY);
    return ElasticsearchConnection.open(ElasticsearchSettings.of(node.url(), bulk));
  }

  private static Callable<Void> produce(DocumentSink sink) {
    return () -> {
      for (int number = 0; number < DOCUMENTS; number++) {
        sink.accept(TestDocuments.flow(number));
      }
      return null;
    };
  }

  /** What is accepted and not stored fits into the batches, and grows no more. */
  private static void assertHeldBack(ElasticsearchSink sink, Future<Void> producing)
      throws InterruptedException {
    Thread.sleep(1_000);
    SinkCounts before = sink.counts();
    Thread.sleep(1_000);
    SinkCounts after = sink.counts();
    assertThat(producing.isDone()).isFalse();
    assertThat(after.accepted()).isEqualTo(before.accepted()).isLessThan(DOCUMENTS);
    assertThat(after.accepted() - after.indexed()).isBetween(1L, (long) BATCHES * BULK_DOCUMENTS);
    assertThat(sink.load().queuedBytes()).isBetween(1L, (long) BATCHES * BULK_BYTES);
    assertThat(sink.health().problem().orElseThrow()).contains("not reachable");
  }

  private static void assertComplete(ElasticsearchSink sink, ElasticsearchConnection connection)
      throws IOException {
    SinkCounts counts = sink.counts();
    assertThat(counts.accepted()).isEqualTo(DOCUMENTS);
    assertThat(counts.indexed() + counts.duplicates()).isEqualTo(DOCUMENTS);
    assertThat(counts.deadLettered()).isZero();
    assertThat(sink.health().isDelivering()).isTrue();
    assertThat(sink.load().queuedBytes()).isZero();
    assertThat(StoredDocuments.of(connection, DocumentKind.FLOW)).hasSize(DOCUMENTS);
  }
}
