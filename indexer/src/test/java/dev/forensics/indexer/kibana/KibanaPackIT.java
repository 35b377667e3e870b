package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.document.IndexTemplates;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchExtension;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.ElasticsearchSink;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.pipeline.Ingest;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every search, panel and Vega query of the pack, asked of a real Elasticsearch that holds the
 * samples: each has to be understood and to find something.
 */
@ExtendWith(ElasticsearchExtension.class)
class KibanaPackIT {
  private static final String NAMESPACE = "kibanapack";
  private static final String SENSOR = "kibana-pack";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static URI url;

  @BeforeAll
  static void ingest(EmbeddedElasticsearch node) throws Exception {
    url = node.url();
    ElasticsearchSettings settings =
        ElasticsearchSettings.of(url, BulkSettings.defaults(folder)).withNamespace(NAMESPACE);
    try (ElasticsearchConnection connection = ElasticsearchConnection.open(settings)) {
      forgetOtherTestsCaptures(connection);
      IndexSetup.install(connection, Retention.defaults());
      SensorAssembly assembly = SensorAssembly.builtIn(SensorSettings.defaults(SENSOR));
      Path samples = Path.of("../samples");
      List<Path> paths =
          List.of(
              samples.resolve("generated"),
              samples.resolve("recorded"),
              RareCaptures.write(folder.resolve("rare")));
      try (ElasticsearchSink sink = new ElasticsearchSink(connection)) {
        new Ingest(assembly, sink).run(CaptureListing.of(paths));
      }
    }
    post("_refresh", JSON.createObjectNode());
  }

  /** The ledger is one for all namespaces: sensors of other tests would fill a panel's rows. */
  private static void forgetOtherTestsCaptures(ElasticsearchConnection connection)
      throws IOException {
    connection
        .client()
        .indices()
        .delete(d -> d.index(IndexTemplates.CAPTURES_INDEX).ignoreUnavailable(true));
  }

  @TestFactory
  Stream<DynamicTest> shouldFindSomethingForEverySearch() {
    return PackFiles.of("search")
        .map(
            search ->
                DynamicTest.dynamicTest(
                    search.id(),
                    () -> {
                      ObjectNode request = JSON.createObjectNode().put("size", 1);
                      request.set("query", Kql.query(PackQueries.kqlOf(search)));
                      assertThat(hits(ask(indexOf(search), request))).isPositive();
                    }));
  }

  /** Suppressed alarms need a configuration that suppresses some. */
  @TestFactory
  Stream<DynamicTest> shouldFindSomethingForEveryDocumentedQuery() throws IOException {
    List<DocumentedQueries.Query> queries = DocumentedQueries.all();
    assertThat(queries).hasSizeGreaterThanOrEqualTo(20);
    return queries.stream()
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query.number() + " " + query.title(),
                    () -> {
                      ObjectNode request = JSON.createObjectNode().put("size", 1);
                      request.set("query", Kql.query(query.kql()));
                      long found = hits(ask(ours(title(query.dataView())), request));
                      boolean none = query.kql().equals("forensics.alarm.suppressed: true");
                      assertThat(found > 0).as(query.kql()).isEqualTo(!none);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> shouldFillEveryLensPanel() {
    return PackFiles.of("lens")
        .map(lens -> DynamicTest.dynamicTest(lens.id(), () -> checkLens(lens)));
  }

  private void checkLens(SavedObject lens) throws Exception {
    LensQuery query = new LensQuery(lens);
    assertThat(query.shown()).containsAll(query.metrics()).containsAll(query.buckets());
    JsonNode answer = ask(indexOf(lens), query.request());
    assertThat(hits(answer)).isPositive();
    List<JsonNode> rows = List.of(answer.path("aggregations"));
    for (String bucket : query.buckets()) {
      rows = rows.stream().flatMap(row -> rowsOf(row.path(bucket).path("buckets"))).toList();
    }
    assertThat(rows).isNotEmpty();
    for (String metric : query.metrics()) {
      assertThat(rows).as(metric).anyMatch(row -> !row.has(metric) || hasValue(row.path(metric)));
    }
    if (!query.buckets().isEmpty()) {
      assertThat(rows)
          .anyMatch(
              row -> query.metrics().stream().anyMatch(metric -> isPositive(row.path(metric))));
    }
  }

  private static Stream<JsonNode> rowsOf(JsonNode buckets) {
    return StreamSupport.stream(buckets.spliterator(), false);
  }

  /** A number, documents that a filter let through, or a document's value. */
  private static boolean hasValue(JsonNode metric) {
    return metric.path("value").isNumber() || metric.path("doc_count").asLong() > 0;
  }

  /** A column without an aggregation of its own counts the row's documents. */
  private static boolean isPositive(JsonNode metric) {
    return metric.isMissingNode()
        || metric.path("doc_count").asLong() > 0
        || metric.path("value").asDouble() > 0;
  }

  @TestFactory
  Stream<DynamicTest> shouldFillEveryVegaPanel() {
    return PackFiles.of("visualization")
        .map(
            vega ->
                DynamicTest.dynamicTest(
                    vega.id(),
                    () -> {
                      JsonNode source = PackQueries.vegaSource(vega);
                      JsonNode answer =
                          ask(ours(source.path("index").asText()), PackQueries.vegaBody(vega));
                      assertThat(answer.at(PackQueries.vegaRows(vega))).isNotEmpty();
                    }));
  }

  /** Few documents are drawn from themselves, many from buckets of two widths. */
  @TestFactory
  Stream<DynamicTest> shouldHaveBarsForEveryPictureOverTime() {
    return PackFiles.of("visualization")
        .filter(vega -> vega.id().endsWith("-over-time"))
        .map(vega -> DynamicTest.dynamicTest(vega.id(), () -> bars(vega)));
  }

  private static void bars(SavedObject vega) throws Exception {
    JsonNode source = PackQueries.vegaSource(vega);
    JsonNode answer = ask(ours(source.path("index").asText()), PackQueries.vegaBody(vega));
    JsonNode found = answer.path("aggregations");
    assertThat(found.at("/total/value").asLong()).isPositive();
    assertThat(found.at("/first/value").asLong())
        .isLessThanOrEqualTo(found.at("/last/value").asLong());
    assertThat(found.at("/auto/meta/from").isIntegralNumber()).isTrue();
    String time = source.path("%timefield%").asText();
    assertThat(answer.at("/hits/hits"))
        .hasSize(found.at("/count/value").asInt())
        .allMatch(hit -> hit.path("fields").path(time).path(0).asText().matches("[0-9]{13}"));
    for (String grain : List.of("auto", "days")) {
      assertThat(found.path(grain).path("buckets"))
          .as(grain)
          .hasSizeBetween(1, 9999)
          .allMatch(bar -> bar.at("/key/time").isIntegralNumber())
          .anyMatch(bar -> bar.at("/key/series").isValueNode());
    }
  }

  /** Elasticsearch takes every IPv4 address for one of ::/64, a network that no device was in. */
  @Test
  void shouldCountADevicesNetworksOnce() throws Exception {
    SavedObject vega =
        PackFiles.of("visualization")
            .filter(one -> one.id().endsWith("device-networks"))
            .findFirst()
            .get();
    String index = PackQueries.vegaSource(vega).path("index").asText();
    JsonNode answer = ask(ours(index), PackQueries.vegaBody(vega));

    assertThat(answer.at(PackQueries.vegaRows(vega)))
        .allSatisfy(
            device ->
                assertThat(device.at("/ipv6/networks/buckets").findValuesAsText("key"))
                    .doesNotContain("::"))
        .anySatisfy(
            device -> assertThat(device.at("/ipv4/networks/buckets")).hasSizeGreaterThan(1));
  }

  @TestFactory
  Stream<DynamicTest> shouldFindSomethingForEveryControl() {
    return FieldUse.of(PackFiles.PACK).stream()
        .filter(use -> use.object().startsWith("dashboard:") && use.aggregated())
        .map(use -> DynamicTest.dynamicTest(use.object() + " " + use.field(), () -> control(use)));
  }

  private static void control(FieldUse use) throws Exception {
    ObjectNode request = JSON.createObjectNode().put("size", 0);
    request.putObject("aggs").putObject("v").putObject("terms").put("field", use.field());
    JsonNode answer = ask(ours(title(use.dataView())), request);
    assertThat(answer.at("/aggregations/v/buckets")).isNotEmpty();
  }

  @TestFactory
  Stream<DynamicTest> shouldNotifyOfNewDestinations() throws IOException {
    JsonNode params =
        JSON.readTree(Path.of("../kibana/alerting/new-destination.json").toFile()).path("params");
    return Stream.of(
        DynamicTest.dynamicTest(
            "new-destination",
            () -> {
              ObjectNode request = (ObjectNode) JSON.readTree(params.path("esQuery").asText());
              request.put("size", 0);
              request
                  .putObject("aggs")
                  .putObject("g")
                  .putObject("terms")
                  .put("field", params.path("termField").asText());
              JsonNode answer = ask(ours(params.path("index").path(0).asText()), request);
              assertThat(answer.at("/aggregations/g/buckets")).isNotEmpty();
            }));
  }

  private static String indexOf(SavedObject object) {
    return ours(title(object.references().get(0).id()));
  }

  private static String title(String dataView) {
    return PackFiles.of("index-pattern")
        .filter(view -> view.id().equals(dataView))
        .map(view -> view.attributes().path("title").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Other tests write into other namespaces of the same node. */
  private static String ours(String pattern) {
    return pattern.endsWith("-*") ? pattern.replace("-*", "-" + NAMESPACE) : pattern;
  }

  private static long hits(JsonNode answer) {
    return answer.at("/hits/total/value").asLong();
  }

  private static JsonNode ask(String index, JsonNode request) throws Exception {
    return post(index + "/_search", request);
  }

  private static JsonNode post(String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.isEmpty() ? "" : body.toString()))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
