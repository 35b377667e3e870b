package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A field that an object of the pack uses.
 *
 * @param object the object's key
 * @param dataView id of the data view with the field
 * @param field dotted name
 * @param aggregated true when it is aggregated or sorted by, false when only searched or shown
 */
public record FieldUse(String object, String dataView, String field, boolean aggregated) {
  private static final String RECORDS = "___records___";

  /** Every use in the pack. */
  public static List<FieldUse> of(KibanaPack pack) {
    List<FieldUse> uses = new ArrayList<>();
    for (SavedObject object : pack.objects()) {
      switch (object.type()) {
        case "index-pattern" -> ofDataView(object, uses);
        case "lens" -> ofLens(object, uses);
        case "search" -> ofSearch(object, uses);
        case "visualization" -> ofVega(object, pack, uses);
        case "dashboard" -> ofDashboard(object, pack, uses);
        default -> {}
      }
    }
    return uses;
  }

  private static void ofDataView(SavedObject view, List<FieldUse> uses) {
    for (String map : List.of("fieldAttrs", "fieldFormatMap")) {
      names(view.attributes().path(map)).forEach(field -> add(uses, view, view.id(), field, false));
    }
    add(uses, view, view.id(), view.attributes().path("timeFieldName").asText(), true);
  }

  private static void ofLens(SavedObject lens, List<FieldUse> uses) {
    String view = lens.references().get(0).id();
    for (JsonNode column :
        lens.attributes().at("/state/datasourceStates/formBased/layers/l1/columns")) {
      String field = column.path("sourceField").asText();
      if (!field.equals(RECORDS)) {
        add(uses, lens, view, field, true);
      }
    }
    new LensQuery(lens).fields().forEach(field -> add(uses, lens, view, field, false));
  }

  private static void ofSearch(SavedObject search, List<FieldUse> uses) {
    String view = search.references().get(0).id();
    search.attributes().path("columns").forEach(c -> add(uses, search, view, c.asText(), false));
    search
        .attributes()
        .path("sort")
        .forEach(s -> add(uses, search, view, s.path(0).asText(), true));
    Kql.fields(PackQueries.kqlOf(search)).forEach(field -> add(uses, search, view, field, false));
  }

  private static void ofVega(SavedObject vega, KibanaPack pack, List<FieldUse> uses) {
    JsonNode source = PackQueries.vegaSource(vega);
    String view =
        pack.objects().stream()
            .filter(one -> one.type().equals("index-pattern"))
            .filter(one -> one.attributes().path("title").equals(source.path("index")))
            .map(SavedObject::id)
            .findFirst()
            .orElseThrow();
    JsonNode body = source.path("body");
    body.path("_source").forEach(field -> add(uses, vega, view, field.asText(), false));
    body.findValuesAsText("field").forEach(field -> add(uses, vega, view, field, true));
    body.findValues("term")
        .forEach(term -> names(term).forEach(field -> add(uses, vega, view, field, false)));
    body.path("sort").forEach(s -> names(s).forEach(field -> add(uses, vega, view, field, true)));
    add(uses, vega, view, source.path("%timefield%").asText("@timestamp"), true);
  }

  private static void ofDashboard(SavedObject page, KibanaPack pack, List<FieldUse> uses) {
    JsonNode controls = page.attributes().at("/controlGroupInput/panelsJSON");
    for (String id : names(controls)) {
      String name = "controlGroup_" + id + ":optionsListDataView";
      String field = controls.at("/" + id + "/explicitInput/fieldName").asText();
      page.references().stream()
          .filter(reference -> reference.name().equals(name))
          .forEach(reference -> add(uses, page, reference.id(), field, true));
    }
    // a dashboard that a click leads to is not shown
    List<String> shown =
        page.references().stream()
            .filter(reference -> !reference.type().equals("dashboard"))
            .map(SavedObject.Reference::key)
            .toList();
    pack.objects().stream()
        .filter(object -> shown.contains(object.key()))
        .flatMap(object -> object.references().stream())
        .filter(reference -> reference.type().equals("index-pattern"))
        .forEach(
            reference -> {
              Kql.fields(PackQueries.kqlOf(page))
                  .forEach(field -> add(uses, page, reference.id(), field, false));
              // a control's filter holds for every panel: where the field is missing, it is empty
              names(controls)
                  .forEach(
                      id ->
                          add(
                              uses,
                              page,
                              reference.id(),
                              controls.at("/" + id + "/explicitInput/fieldName").asText(),
                              false));
            });
  }

  private static void add(
      List<FieldUse> uses, SavedObject object, String view, String field, boolean aggregated) {
    uses.add(new FieldUse(object.key(), Objects.requireNonNull(view), field, aggregated));
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
