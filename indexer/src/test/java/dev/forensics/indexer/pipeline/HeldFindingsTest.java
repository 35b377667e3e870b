package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.SinkCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldFindingsTest {
  private final List<EcsDocument> sent = new ArrayList<>();
  private final DocumentSink sink =
      new DocumentSink() {
        @Override
        public void accept(EcsDocument document) {
          sent.add(document);
        }

        @Override
        public void flush() {}

        @Override
        public SinkCounts counts() {
          return new SinkCounts(0, 0, 0, 0, 0);
        }

        @Override
        public void close() {}
      };

  private static EcsDocument document(int number, int size) {
    String json = "{\"n\":%d,\"fill\":\"%s\"}".formatted(number, "x".repeat(size));
    return new EcsDocument(
        DocumentKind.FLOW, "%08d".formatted(number), json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5_000, 1 << 20})
  @DisplayName("what waits comes in order and whole, in memory or in the file")
  void shouldSendInOrder(long memoryBytes) {
    HeldFindings held = new HeldFindings(new FirstAlarms(), sink, memoryBytes);
    Random random = new Random(20261130);
    for (int round = 0; round < 3; round++) {
      sent.clear();
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        numbers.add(i);
      }
      Collections.shuffle(numbers, random);
      for (int number : numbers) {
        held.flow(number / 3, document(number, number * 5));
      }
      held.sendBefore(50);
      assertThat(sent).hasSize(150);
      held.sendAll();
      assertThat(sent).hasSize(200);
      for (int i = 0; i < 200; i++) {
        EcsDocument expected = document(i, i * 5);
        assertThat(sent.get(i).id()).isEqualTo(expected.id());
        assertThat(sent.get(i).json()).isEqualTo(expected.json());
      }
    }
  }
}
