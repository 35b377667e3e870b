package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;

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

  /** The path of the rows in the answer that a Vega panel draws. */
  static String vegaRows(SavedObject vega) {
    JsonNode data = vega.attributes().at("/visState/params/spec/data");
    JsonNode format = (data.isArray() ? data.get(0) : data).path("format");
    return "/" + format.path("property").asText().replace('.', '/');
  }
}
