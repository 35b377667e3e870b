package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.kibana.SavedObject.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds, without a Kibana, what an import would refuse or a browser would show broken. */
public final class KibanaCheck {
  private static final int COLUMNS = 48;

  private final List<String> problems = new ArrayList<>();

  private KibanaCheck() {}

  /** The problems, one a line; empty when there are none. */
  public static List<String> problems(KibanaPack pack) {
    KibanaCheck check = new KibanaCheck();
    Set<String> keys = new HashSet<>();
    for (SavedObject object : pack.objects()) {
      if (!keys.add(object.key())) {
        check.report(object, "is there twice");
      }
    }
    for (SavedObject object : pack.objects()) {
      check.versions(object);
      check.keys(object);
      check.references(object, keys);
      if (object.type().equals("dashboard")) {
        check.dashboard(object);
      }
      VegaCheck.problems(object).forEach(problem -> check.report(object, problem));
    }
    return List.copyOf(check.problems);
  }

  private void report(SavedObject object, String problem) {
    problems.add(object.key() + ": " + problem);
  }

  private void versions(SavedObject object) {
    String core = object.json().path("coreMigrationVersion").asText("");
    if (!core.equals(ObjectShapes.CORE_MIGRATION_VERSION)) {
      report(object, "coreMigrationVersion is '" + core + "', not 8.8.0");
    }
    String found = object.json().path("typeMigrationVersion").asText("");
    String wanted = ObjectShapes.versionOf(object.type()).orElse("");
    if (!found.equals(wanted)) {
      report(object, "typeMigrationVersion is '" + found + "', not '" + wanted + "'");
    }
  }

  private void keys(SavedObject object) {
    Set<String> allowed = ObjectShapes.attributesOf(object.type());
    if (allowed.isEmpty()) {
      report(object, "type is not one of the pack's");
      return;
    }
    onlyKnown(object, "", object.json(), ObjectShapes.TOP);
    onlyKnown(object, "attributes.", object.attributes(), allowed);
    if (object.attributes().path("title").asText("").isBlank()) {
      report(object, "has no title");
    }
  }

  private void onlyKnown(SavedObject object, String where, JsonNode json, Set<String> allowed) {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!allowed.contains(name)) {
        report(object, "unknown key " + where + name);
      }
    }
  }

  private void references(SavedObject object, Set<String> keys) {
    Set<String> names = new TreeSet<>();
    for (Reference reference : object.references()) {
      if (!names.add(reference.name())) {
        report(object, "two references are named " + reference.name());
      }
      if (!keys.contains(reference.key())) {
        report(object, "points to " + reference.key() + ", which is not there");
      }
    }
    Set<String> used = new TreeSet<>(ReferenceNames.of(object));
    for (String name : used) {
      if (!names.contains(name)) {
        report(object, "uses the reference " + name + ", which it does not have");
      }
    }
    names.removeAll(used);
    for (String name : names) {
      report(object, "does not use its reference " + name);
    }
  }

  private void dashboard(SavedObject object) {
    JsonNode attributes = object.attributes();
    JsonNode controls = attributes.path("controlGroupInput");
    onlyKnown(object, "controlGroupInput.", controls, ObjectShapes.CONTROL_GROUP);
    if (attributes.path("timeRestore").asBoolean() && attributes.path("timeFrom").isMissingNode()) {
      report(object, "restores a time range that it does not have");
    }
    List<JsonNode> panels = new ArrayList<>();
    attributes.path("panelsJSON").forEach(panels::add);
    Set<String> indexes = new HashSet<>();
    for (JsonNode panel : panels) {
      onlyKnown(object, "panel ", panel, ObjectShapes.PANEL);
      String index = panel.path("panelIndex").asText("");
      if (!indexes.add(index) || !index.equals(panel.path("gridData").path("i").asText())) {
        report(object, "panelIndex " + index + " is not unique, or not the grid's i");
      }
    }
    layout(object, panels);
  }

  private void layout(SavedObject object, List<JsonNode> panels) {
    for (int one = 0; one < panels.size(); one++) {
      JsonNode grid = panels.get(one).path("gridData");
      if (grid.path("x").asInt() + grid.path("w").asInt() > COLUMNS) {
        report(object, "panel " + grid.path("i").asText() + " is wider than the page");
      }
      for (int other = one + 1; other < panels.size(); other++) {
        if (overlap(grid, panels.get(other).path("gridData"))) {
          report(
              object,
              "panels "
                  + grid.path("i").asText()
                  + " and "
                  + panels.get(other).path("gridData").path("i").asText()
                  + " overlap");
        }
      }
    }
  }

  private static boolean overlap(JsonNode one, JsonNode other) {
    return touch(one, other, "x", "w") && touch(one, other, "y", "h");
  }

  private static boolean touch(JsonNode one, JsonNode other, String from, String size) {
    int first = one.path(from).asInt();
    int second = other.path(from).asInt();
    return first < second + other.path(size).asInt() && second < first + one.path(size).asInt();
  }
}
