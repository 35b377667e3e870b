package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a Vega panel show an error instead of a picture, though its request is sound.
 *
 * <p>Source: elastic/kibana, src/plugins/vis_types/vega/public/data_model: es_query_parser.ts and
 * vega_parser.ts.
 */
final class VegaCheck {
  private static final List<String> SCHEMAS =
      List.of(
          "https://vega.github.io/schema/vega/v5.json",
          "https://vega.github.io/schema/vega-lite/v5.json");

  private VegaCheck() {}

  /** The problems; empty for objects that are no Vega panels, and for specs that are not JSON. */
  static List<String> problems(SavedObject object) {
    JsonNode spec = object.attributes().at("/visState/params/spec");
    List<String> problems = new ArrayList<>();
    if (!spec.isObject()) {
      return problems;
    }
    if (!SCHEMAS.contains(spec.path("$schema").asText())) {
      problems.add("has a $schema that Kibana 8.12 does not know");
    }
    for (JsonNode url : spec.findValues("url")) {
      if (url.isTextual()) {
        problems.add("loads " + url.asText() + ", which Kibana forbids by default");
      } else {
        request(url, problems);
      }
    }
    return problems;
  }

  private static void request(JsonNode url, List<String> problems) {
    boolean replaced = url.has("%context%") || url.has("%timefield%");
    JsonNode query = url.at("/body/query");
    if (replaced && !query.isMissingNode()) {
      problems.add("has a query of its own beside %context% or %timefield%: Kibana refuses it");
    }
    boolean whole = url.path("%context%").asBoolean() && url.has("%timefield%");
    boolean byClause =
        query.toString().contains("%dashboard_context-must_clause%")
            && query.toString().contains("%dashboard_context-filter_clause%")
            && query.toString().contains("%dashboard_context-must_not_clause%")
            && query.toString().contains("%timefilter%");
    if (!whole && !byClause) {
      problems.add("leaves out the page's filters or its time range");
    }
    if (url.path("index").asText().isEmpty()) {
      problems.add("names no index");
    }
  }
}
