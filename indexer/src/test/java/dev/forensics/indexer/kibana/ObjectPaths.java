package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The shape of a saved object: every key with the type of its value, as lines such as {@code
 * lens/lnsXY attributes.state.query.language: string}. Names that the author chooses (fields,
 * layers, controls) become a star, a column of Lens its operation. What is in a Vega spec is not
 * Kibana's.
 */
final class ObjectPaths {
  private static final Set<String> CHOSEN =
      Set.of("layers", "fieldAttrs", "fieldFormatMap", "runtimeFieldMap", "columns", "panelsJSON");

  private final SortedSet<String> lines = new TreeSet<>();
  private final String kind;

  private ObjectPaths(String kind) {
    this.kind = kind;
  }

  static SortedSet<String> of(SavedObject object) {
    String kind = object.attributes().path("visualizationType").asText("");
    ObjectPaths paths = new ObjectPaths(object.type() + (kind.isEmpty() ? "" : "/" + kind));
    paths.walk("", "", object.json());
    return paths.lines;
  }

  private void walk(String path, String key, JsonNode value) {
    if (!path.isEmpty()) {
      lines.add(kind + " " + path + ": " + value.getNodeType().toString().toLowerCase(Locale.ROOT));
    }
    if (key.equals("spec")) {
      return;
    }
    if (value.isArray()) {
      value.forEach(one -> walk(path + "[]", "", one));
      return;
    }
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      String shown = CHOSEN.contains(key) ? chosen(value.path(name)) : name;
      walk(path.isEmpty() ? shown : path + "." + shown, name, value.path(name));
    }
  }

  private static String chosen(JsonNode value) {
    return "*" + value.path("operationType").asText("");
  }
}
