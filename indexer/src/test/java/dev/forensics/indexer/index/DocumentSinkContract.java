package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What holds for every {@link DocumentSink}. A sink that passes may be used for any other; what
 * this class fails to catch is to be added here.
 */
abstract class DocumentSinkContract {
  /** A fresh sink with nothing stored. */
  abstract DocumentSink open() throws Exception;

  /** What is stored, id to JSON; null when the sink stores nothing. */
  abstract Map<String, String> stored(DocumentKind kind) throws Exception;

  @Test
  void shouldStoreEveryDocumentWithAFlush() throws Exception {
    try (DocumentSink sink = open()) {
      EcsDocument flow = TestDocuments.flow(1);
      EcsDocument alarm = TestDocuments.alarm(2);
      EcsDocument capture = TestDocuments.capture("c-1", "done", 3);
      for (EcsDocument document : List.of(flow, alarm, capture)) {
        sink.accept(document);
      }
      sink.flush();
      assertStored(flow);
      assertStored(alarm);
      assertStored(capture);
      assertThat(sink.counts()).isEqualTo(new SinkCounts(3, 3, 0, 0, 0));
    }
  }

  private void assertStored(EcsDocument document) throws Exception {
    Map<String, String> stored = stored(document.kind());
    if (stored != null) {
      assertThat(stored)
          .containsEntry(document.id(), new String(document.json(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void shouldStoreWhatWasAcceptedWhenClosed() throws Exception {
    DocumentSink sink = open();
    sink.accept(TestDocuments.flow(7));
    sink.close();
    assertStored(TestDocuments.flow(7));
    assertThat(sink.counts().indexed()).isEqualTo(1);
  }

  @Test
  void shouldTakeDocumentsFromManyThreadsAtOnce() throws Exception {
    int threads = 4;
    int each = 2_000;
    try (DocumentSink sink = open()) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<?>> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          int first = thread * each;
          parts.add(pool.submit(() -> acceptAll(sink, first, each)));
        }
        for (Future<?> part : parts) {
          part.get();
        }
      } finally {
        pool.shutdownNow();
      }
      sink.flush();
      assertThat(sink.counts().accepted()).isEqualTo((long) threads * each);
      assertThat(sink.counts().indexed()).isEqualTo((long) threads * each);
      assertAllStored(threads * each);
    }
  }

  private static Void acceptAll(DocumentSink sink, int first, int count) throws Exception {
    for (int number = first; number < first + count; number++) {
      sink.accept(TestDocuments.flow(number));
    }
    return null;
  }

  private void assertAllStored(int count) throws Exception {
    Map<String, String> stored = stored(DocumentKind.FLOW);
    if (stored == null) {
      return;
    }
    Set<String> expected = new HashSet<>();
    for (int number = 0; number < count; number++) {
      expected.add(TestDocuments.flow(number).id());
    }
    assertThat(stored.keySet()).isEqualTo(expected);
  }

  @Test
  void shouldTakeADocumentLargerThanAnyBuffer() throws Exception {
    EcsDocument large = TestDocuments.large("large", 700_000);
    try (DocumentSink sink = open()) {
      sink.accept(TestDocuments.flow(1));
      sink.accept(large);
      sink.accept(TestDocuments.flow(2));
      sink.flush();
      assertStored(large);
      assertStored(TestDocuments.flow(2));
      assertThat(sink.counts().indexed()).isEqualTo(3);
    }
  }

  @Test
  void shouldFlushWithNothingToFlush() throws Exception {
    try (DocumentSink sink = open()) {
      sink.flush();
      sink.flush();
      assertThat(sink.counts()).isEqualTo(new SinkCounts(0, 0, 0, 0, 0));
    }
  }

  @Test
  void shouldRefuseDocumentsOnceClosed() throws Exception {
    DocumentSink sink = open();
    sink.close();
    sink.close();
    assertThatThrownBy(() -> sink.accept(TestDocuments.flow(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }
}
