package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a Lens panel asks of Elasticsearch, built from its columns as Lens does: a bucket in a
 * bucket in the columns' order, the metrics in the innermost. last_value with showArrayValues
 * becomes top_hits, which every server has; without it top_metrics, which is refused here.
 */
final class LensQuery {
  private static final String RECORDS = "___records___";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SavedObject object;
  private final JsonNode layer;

  LensQuery(SavedObject object) {
    this.object = object;
    this.layer = object.attributes().at("/state/datasourceStates/formBased/layers/l1");
  }

  /** The whole request. */
  ObjectNode request() {
    ObjectNode request = JSON.createObjectNode().put("size", 0).put("track_total_hits", true);
    request.set("query", Kql.query(kql()));
    ObjectNode at = request;
    for (String id : buckets()) {
      at = at.putObject("aggs").putObject(id);
      at.setAll(bucket(column(id)));
    }
    ObjectNode aggregations = at.putObject("aggs");
    for (String id : metrics()) {
      if (!isPlainCount(column(id))) {
        aggregations.set(id, metric(column(id)));
      }
    }
    orderInner(request, List.copyOf(buckets()));
    return request;
  }

  /** A bucket that is ordered by a metric needs that metric beside the buckets inside it. */
  private void orderInner(ObjectNode request, List<String> buckets) {
    JsonNode at = request;
    for (String id : buckets) {
      at = at.path("aggs").path(id);
      JsonNode order = column(id).at("/params/orderBy");
      if (order.path("type").asText().equals("column")) {
        JsonNode by = column(order.path("columnId").asText());
        if (!isPlainCount(by)) {
          ((ObjectNode) at.get("aggs")).set(order.path("columnId").asText(), metric(by));
        }
      }
    }
  }

  /** The fields its columns and filters use. */
  Set<String> fields() {
    Set<String> fields = new TreeSet<>(Kql.fields(kql()));
    for (JsonNode column : layer.path("columns")) {
      if (!column.path("sourceField").asText().equals(RECORDS)) {
        fields.add(column.path("sourceField").asText());
      }
      fields.addAll(Kql.fields(column.at("/filter/query").asText("")));
    }
    return fields;
  }

  /** Ids of the columns that make buckets, from the outside in. */
  List<String> buckets() {
    return columns(true);
  }

  /** Ids of the other columns. */
  List<String> metrics() {
    return columns(false);
  }

  /** Every column that the picture shows; one that it does not show is asked in vain. */
  Set<String> shown() {
    Set<String> shown = new TreeSet<>();
    collect(object.attributes().at("/state/visualization"), shown);
    return shown;
  }

  private void collect(JsonNode json, Set<String> into) {
    if (json.isTextual() && layer.path("columns").has(json.asText())) {
      into.add(json.asText());
    }
    json.forEach(child -> collect(child, into));
  }

  private List<String> columns(boolean bucketed) {
    List<String> ids = new ArrayList<>();
    for (JsonNode id : layer.path("columnOrder")) {
      if (column(id.asText()).path("isBucketed").asBoolean() == bucketed) {
        ids.add(id.asText());
      }
    }
    return ids;
  }

  private JsonNode column(String id) {
    return layer.path("columns").path(id);
  }

  private String kql() {
    return object.attributes().at("/state/query/query").asText();
  }

  private static boolean isPlainCount(JsonNode column) {
    return column.path("operationType").asText().equals("count") && !column.has("filter");
  }

  private ObjectNode bucket(JsonNode column) {
    ObjectNode bucket = JSON.createObjectNode();
    String field = column.path("sourceField").asText();
    if (column.path("operationType").asText().equals("date_histogram")) {
      bucket
          .putObject("date_histogram")
          .put("field", field)
          .put("calendar_interval", "1h")
          .put("min_doc_count", 1);
      return bucket;
    }
    JsonNode params = column.path("params");
    ObjectNode terms = bucket.putObject("terms");
    terms.put("field", field).put("size", params.path("size").asInt());
    if (params.path("missingBucket").asBoolean() && params.path("otherBucket").asBoolean()) {
      terms.put("missing", "__missing__");
    }
    JsonNode by = params.path("orderBy");
    String key = "_key";
    if (by.path("type").asText().equals("column")) {
      String id = by.path("columnId").asText();
      key = isPlainCount(column(id)) ? "_count" : id;
    }
    terms.putObject("order").put(key, params.path("orderDirection").asText());
    return bucket;
  }

  private static ObjectNode metric(JsonNode column) {
    ObjectNode own = unfiltered(column);
    if (!column.has("filter")) {
      return own;
    }
    ObjectNode filtered = JSON.createObjectNode();
    filtered.set("filter", Kql.query(column.at("/filter/query").asText()));
    if (!own.isEmpty()) {
      filtered.putObject("aggs").set("value", own);
    }
    return filtered;
  }

  private static ObjectNode unfiltered(JsonNode column) {
    ObjectNode metric = JSON.createObjectNode();
    String field = column.path("sourceField").asText();
    String operation = column.path("operationType").asText();
    switch (operation) {
      case "count" -> {}
      case "unique_count" -> metric.putObject("cardinality").put("field", field);
      case "sum", "min", "max" -> metric.putObject(operation).put("field", field);
      case "last_value" -> topHits(metric, field, column.path("params"));
      default -> throw new IllegalArgumentException("not an operation of the pack: " + operation);
    }
    return metric;
  }

  private static void topHits(ObjectNode metric, String field, JsonNode params) {
    if (!params.path("showArrayValues").asBoolean()) {
      throw new IllegalArgumentException("last_value without showArrayValues needs top_metrics");
    }
    ObjectNode hits = metric.putObject("top_hits").put("size", 1).put("_source", false);
    hits.putArray("docvalue_fields").addObject().put("field", field);
    ArrayNode sort = hits.putArray("sort");
    sort.addObject().putObject(params.path("sortField").asText()).put("order", "desc");
  }
}
