package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/** Where the queries stand in saved objects. */
final class PackQueries {
  private PackQueries() {}

  /** The text of a saved search's or a dashboard's own query. */
  static String kqlOf(SavedObject object) {
    return object.attributes().at("/kibanaSavedObjectMeta/searchSourceJSON/query/query").asText("");
  }

  /** The data source of a Vega panel that asks Elasticsearch: index, body, context. */
  static JsonNode vegaSource(SavedObject vega) {
    JsonNode data = vega.attributes().at("/visState/params/spec/data");
    return (data.isArray() ? data.get(0) : data).path("url");
  }

  /**
   * The body as Kibana sends it from a page without filters that shows all times: what stands for
   * the page's filters is taken out, what stands for its time range is any time, and what stands
   * for an interval that fits the range, an hour.
   */
  static ObjectNode vegaBody(SavedObject vega) {
    ObjectNode body = vegaSource(vega).path("body").deepCopy();
    fill(body);
    return body;
  }

  private static void fill(JsonNode json) {
    for (Iterator<JsonNode> inner = json.elements(); inner.hasNext(); ) {
      JsonNode one = inner.next();
      if (one.asText().startsWith("%dashboard_context-")) {
        inner.remove();
      } else if (one.path("interval").has("%autointerval%")) {
        ((ObjectNode) one).remove("interval");
        ((ObjectNode) one).put("calendar_interval", "1h");
      } else if (one.path("from").has("%timefilter%")) {
        ((ObjectNode) one).put("from", 0L).put("to", System.currentTimeMillis());
      } else if (one.has("%timefilter%")) {
        ((ObjectNode) one).removeAll();
        ((ObjectNode) one).put("gte", "now-100y").put("lte", "now+1d");
      } else {
        fill(one);
      }
    }
  }

  /** The path of the rows in the answer that a Vega panel draws: what it names, or its last. */
  static String vegaRows(SavedObject vega) {
    JsonNode data = vega.attributes().at("/visState/params/spec/data");
    JsonNode format = (data.isArray() ? data.get(0) : data).path("format");
    if (format.has("property")) {
      return "/" + format.path("property").asText().replace('.', '/');
    }
    String last = "";
    for (Iterator<String> names = vegaSource(vega).at("/body/aggs").fieldNames();
        names.hasNext(); ) {
      last = names.next();
    }
    return "/aggregations/" + last + "/buckets";
  }
}
