package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** By which names an object's attributes speak of other objects. */
final class ReferenceNames {
  private ReferenceNames() {}

  /** The names that need a reference each. */
  static List<String> of(SavedObject object) {
    JsonNode attributes = object.attributes();
    return switch (object.type()) {
      case "lens" -> ofLens(attributes.path("state").path("datasourceStates").path("formBased"));
      case "links" -> ofLinks(attributes.path("links"));
      case "dashboard" -> ofDashboard(attributes);
      default -> ofSearchSource(attributes);
    };
  }

  private static List<String> ofLens(JsonNode source) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> layers = source.path("layers").fieldNames(); layers.hasNext(); ) {
      names.add("indexpattern-datasource-layer-" + layers.next());
    }
    return names;
  }

  private static List<String> ofLinks(JsonNode links) {
    List<String> names = new ArrayList<>();
    for (JsonNode link : links) {
      if (link.has("destinationRefName")) {
        names.add(link.path("destinationRefName").asText());
      }
    }
    return names;
  }

  private static List<String> ofDashboard(JsonNode attributes) {
    List<String> names = ofSearchSource(attributes);
    for (JsonNode panel : attributes.path("panelsJSON")) {
      if (panel.has("panelRefName")) {
        names.add(panel.path("panelIndex").asText() + ":" + panel.path("panelRefName").asText());
      }
      names.addAll(ofDrilldowns(panel));
    }
    JsonNode controls = attributes.path("controlGroupInput").path("panelsJSON");
    for (Iterator<String> ids = controls.fieldNames(); ids.hasNext(); ) {
      names.add("controlGroup_" + ids.next() + ":optionsListDataView");
    }
    return names;
  }

  /** A click that leads to another dashboard, as Kibana's embeddable enhancements name it. */
  private static List<String> ofDrilldowns(JsonNode panel) {
    List<String> names = new ArrayList<>();
    for (JsonNode event : panel.at("/embeddableConfig/enhancements/dynamicActions/events")) {
      String factory = event.at("/action/factoryId").asText();
      if (factory.startsWith("DASHBOARD_TO_DASHBOARD")) {
        names.add(
            String.join(
                ":",
                panel.path("panelIndex").asText(),
                "drilldown",
                factory,
                event.path("eventId").asText(),
                "dashboardId"));
      }
    }
    return names;
  }

  private static List<String> ofSearchSource(JsonNode attributes) {
    List<String> names = new ArrayList<>();
    JsonNode source = attributes.path("kibanaSavedObjectMeta").path("searchSourceJSON");
    if (source.has("indexRefName")) {
      names.add(source.path("indexRefName").asText());
    }
    return names;
  }
}
