package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sink against a real node, and against a real node behind a front that misbehaves. */
@ExtendWith(ElasticsearchExtension.class)
class ElasticsearchSinkIT {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private static final String STORED = "{\"create\":{\"status\":201}}";
  private static final String BUSY =
      "{\"create\":{\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\","
          + "\"reason\":\"queue is full\"}}}";

  @TempDir private Path folder;
  private FaultyFront front;
  private ElasticsearchSettings settings;
  private ElasticsearchConnection direct;

  @BeforeEach
  void connect(EmbeddedElasticsearch node) throws IOException {
    front = new FaultyFront(node.url());
    BulkSettings bulk =
        BulkSettings.defaults(folder).withSize(50_000, 200).withMaximumDelay(Duration.ofMillis(50));
    settings =
        ElasticsearchSettings.of(front.url(), bulk)
            .withNamespace("sink" + NAMESPACES.incrementAndGet());
    direct =
        ElasticsearchConnection.open(
            ElasticsearchSettings.of(node.url(), bulk).withNamespace(settings.namespace()));
    IndexSetup.install(direct, Retention.defaults());
  }

  @AfterEach
  void disconnect() throws IOException {
    direct.close();
    front.close();
  }

  @Test
  void shouldCountADocumentThatIsThereAlreadyAsDuplicate() throws Exception {
    store(0, 300);
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      acceptFlows(sink, 200, 500);
      sink.flush();
      assertThat(sink.counts()).isEqualTo(new SinkCounts(300, 200, 100, 0, 0));
    }
    assertThat(flows()).hasSize(500);
  }

  @Test
  void shouldKeepARefusedDocumentWithItsReasonAndStoreTheRest() throws Exception {
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      acceptFlows(sink, 0, 10);
      sink.accept(TestDocuments.refused("bad"));
      acceptFlows(sink, 10, 20);
      sink.flush();
      assertThat(sink.counts()).isEqualTo(new SinkCounts(21, 20, 0, 1, 0));
      assertThat(sink.health().isDelivering()).isTrue();
    }
    assertThat(flows()).hasSize(20);
    JsonNode letter = onlyLetter();
    assertThat(letter.path("id").asText()).isEqualTo("bad");
    assertThat(letter.path("status").asInt()).isEqualTo(400);
    assertThat(letter.path("type").asText()).isEqualTo("document_parsing_exception");
    assertThat(letter.path("reason").asText()).contains("network.bytes");
    assertThat(letter.path("index").asText()).isEqualTo(direct.names().of(DocumentKind.FLOW));
    assertThat(letter.path("document").path("network").path("bytes").asText())
        .isEqualTo("no number");
  }

  private JsonNode onlyLetter() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(DeadLetters.FILE_NAME));
    assertThat(lines).hasSize(1);
    return new ObjectMapper().readTree(lines.get(0));
  }

  @Test
  void shouldKeepTheLastStateOfALedgerEntry() throws Exception {
    String id = "entry-" + settings.namespace();
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      for (int packets = 0; packets < 1_000; packets++) {
        sink.accept(TestDocuments.capture(id, "reading", packets));
      }
      sink.accept(TestDocuments.capture(id, "done", 1_000));
    }
    direct.client().indices().refresh(r -> r.index(direct.names().of(DocumentKind.CAPTURE)));
    EcsDocument entry = new DocumentLookup(direct).find(DocumentKind.CAPTURE, id).orElseThrow();
    assertThat(new String(entry.json(), StandardCharsets.UTF_8))
        .contains("\"done\"")
        .contains("1000");
  }

  @Test
  void shouldSendAgainWhatIsRejectedForAWhile() throws Exception {
    front.on(
        (exchange, body, number) ->
            number % 3 == 0
                || FaultyFront.answer(
                    exchange, number % 2 == 0 ? 429 : 503, "{\"error\":\"busy\"}"));
    assertEverythingArrives(2_000);
  }

  @Test
  void shouldSendOnlyTheRejectedItemsAgain() throws Exception {
    front.on(
        (exchange, body, number) -> {
          String text = new String(body, StandardCharsets.UTF_8);
          int items = (int) text.lines().count() / 2;
          if (number > 3 || items < 2) {
            return FaultyFront.Fault.PASS;
          }
          return rejectSecondHalf(exchange, text, items);
        });
    ElasticsearchSink sink = assertEverythingArrives(1_000);
    assertThat(sink.counts().duplicates()).isZero();
  }

  /** The first half of the items reaches the node; the others are answered with 429. */
  private boolean rejectSecondHalf(HttpExchange exchange, String text, int items)
      throws IOException {
    List<String> lines = text.lines().toList();
    int passed = items / 2;
    String half = String.join("\n", lines.subList(0, passed * 2)) + "\n";
    front.forward(exchange, half.getBytes(StandardCharsets.UTF_8));
    StringBuilder answer = new StringBuilder("{\"took\":1,\"errors\":true,\"items\":[");
    for (int item = 0; item < items; item++) {
      answer.append(item == 0 ? "" : ",").append(item < passed ? STORED : BUSY);
    }
    return FaultyFront.answer(exchange, 200, answer.append("]}").toString());
  }

  @Test
  void shouldLoseNothingWhenAnAnswerGetsLost() throws Exception {
    front.on(
        (exchange, body, number) -> {
          if (number % 4 != 1) {
            return FaultyFront.Fault.PASS;
          }
          front.forward(exchange, body);
          exchange.close();
          return false;
        });
    ElasticsearchSink sink = assertEverythingArrives(1_000);
    assertThat(sink.counts().duplicates()).isPositive();
  }

  @Test
  void shouldLoseNothingWhenAnAnswerBreaksOff() throws Exception {
    front.on(
        (exchange, body, number) ->
            number % 2 == 0
                || FaultyFront.answer(
                    exchange, 200, "{\"errors\":true,\"items\":[{\"create\":{\"st"));
    assertEverythingArrives(1_000);
  }

  @Test
  void shouldHalveRequestsThatAreTooLargeForAProxy() throws Exception {
    front.on(
        (exchange, body, number) ->
            body.length < 4_000 || FaultyFront.answer(exchange, 413, "<html>too large</html>"));
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      acceptFlows(sink, 0, 500);
      sink.accept(TestDocuments.large("giant", 5_000));
      acceptFlows(sink, 500, 1_000);
      sink.flush();
      assertThat(sink.counts().indexed()).isEqualTo(1_000);
      assertThat(sink.counts().deadLettered()).isEqualTo(1);
    }
    assertThat(flows()).hasSize(1_000);
    assertThat(onlyLetter().path("id").asText()).isEqualTo("giant");
  }

  @Test
  void shouldGiveUpWhenAskedToAndSayWhy() throws Exception {
    front.on((exchange, body, number) -> FaultyFront.answer(exchange, 401, "{}"));
    ElasticsearchSink sink =
        ElasticsearchSink.open(
            settings.withBulk(settings.bulk().withGiveUpAfter(Duration.ofMillis(600))));
    acceptFlows(sink, 0, 10);
    assertThatThrownBy(sink::flush)
        .isInstanceOf(UndeliveredException.class)
        .hasMessageContaining("refuses the credentials (401");
    assertThat(sink.health().isDelivering()).isFalse();
    assertThatThrownBy(() -> sink.accept(TestDocuments.flow(11)))
        .isInstanceOf(UndeliveredException.class);
    assertThatThrownBy(sink::close).isInstanceOf(UndeliveredException.class);
    assertThat(sink.counts()).isEqualTo(new SinkCounts(10, 0, 0, 0, sink.counts().retries()));
  }

  @Test
  void shouldNotMakeDeadLettersOfDocumentsWhenTheTemplatesAreMissing() throws Exception {
    ElasticsearchSettings elsewhere =
        settings
            .withNamespace("untouched")
            .withBulk(settings.bulk().withGiveUpAfter(Duration.ofMillis(600)));
    front.on(
        (exchange, body, number) -> {
          String wrong = new String(body, StandardCharsets.UTF_8).replace("logs-", "nologs-");
          front.pass(exchange, wrong.getBytes(StandardCharsets.UTF_8));
          return false;
        });
    ElasticsearchSink sink = ElasticsearchSink.open(elsewhere);
    sink.accept(TestDocuments.flow(1));
    assertThatThrownBy(sink::flush)
        .isInstanceOf(UndeliveredException.class)
        .hasMessageContaining("index_not_found_exception");
    assertThatThrownBy(sink::close).isInstanceOf(UndeliveredException.class);
    assertThat(sink.counts().deadLettered()).isZero();
    assertThat(folder.resolve(DeadLetters.FILE_NAME)).doesNotExist();
  }

  @Test
  void shouldFindDocumentsOfOlderIndicesAfterARollover() throws Exception {
    store(0, 100);
    String stream = direct.names().of(DocumentKind.FLOW);
    direct.client().indices().rollover(r -> r.alias(stream));
    store(100, 150);

    DocumentLookup lookup = new DocumentLookup(direct);
    assertThat(
            lookup.existing(
                DocumentKind.FLOW, List.of("flow-0", "flow-99", "flow-120", "flow-150", "none")))
        .containsExactlyInAnyOrder("flow-0", "flow-99", "flow-120");
    assertThat(lookup.find("flow-7").orElseThrow().json()).isEqualTo(TestDocuments.flow(7).json());
    assertThat(lookup.find("flow-150")).isEmpty();
  }

  @Test
  void shouldNotStoreTwiceAcrossARolloverWhenResuming() throws Exception {
    store(0, 3_000);
    String stream = direct.names().of(DocumentKind.FLOW);
    direct.client().indices().rollover(r -> r.alias(stream));
    try (DocumentSink sink =
        new ResumingSink(ElasticsearchSink.open(settings), new DocumentLookup(direct))) {
      acceptFlows(sink, 1_000, 4_000);
      sink.flush();
      assertThat(sink.counts()).isEqualTo(new SinkCounts(3_000, 1_000, 2_000, 0, 0));
    }
    assertThat(flows()).hasSize(4_000);
  }

  private void store(int from, int to) throws Exception {
    try (ElasticsearchSink sink = ElasticsearchSink.open(settings)) {
      acceptFlows(sink, from, to);
    }
  }

  private static void acceptFlows(DocumentSink sink, int from, int to) throws Exception {
    for (int number = from; number < to; number++) {
      sink.accept(TestDocuments.flow(number));
    }
  }

  /** Sends flows through the front; returns the closed sink. */
  private ElasticsearchSink assertEverythingArrives(int count) throws Exception {
    ElasticsearchSink sink = ElasticsearchSink.open(settings);
    try (sink) {
      acceptFlows(sink, 0, count);
      sink.flush();
      SinkCounts counts = sink.counts();
      assertThat(counts.accepted()).isEqualTo(count);
      assertThat(counts.indexed() + counts.duplicates()).isEqualTo(count);
      assertThat(counts.deadLettered()).isZero();
      assertThat(counts.retries()).isPositive();
      assertThat(sink.health().isDelivering()).isTrue();
    }
    Map<String, String> stored = flows();
    assertThat(stored).hasSize(count).containsKeys("flow-0", "flow-" + (count - 1));
    return sink;
  }

  private Map<String, String> flows() throws IOException {
    return StoredDocuments.of(direct, DocumentKind.FLOW);
  }
}
