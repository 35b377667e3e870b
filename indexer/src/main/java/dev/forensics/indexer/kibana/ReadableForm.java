package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Turns a saved object from the form that Kibana stores into one that people read and compare, and
 * back. Kibana keeps JSON as text inside JSON; here it is unfolded. Keys are sorted, panels stand
 * from top to bottom, so that a change in the browser is a small difference in a file. A Vega spec
 * keeps its own order; when it is not plain JSON (Kibana takes HJSON), and for Markdown, the text
 * becomes a list of lines.
 */
final class ReadableForm {
  /** What a server adds to each object; it has no place in files. */
  static final Set<String> OF_THE_SERVER =
      Set.of(
          "version",
          "managed",
          "created_at",
          "created_by",
          "updated_at",
          "updated_by",
          "namespaces",
          "originId",
          "score",
          "sort");

  private static final Set<String> JSON_TEXT =
      Set.of(
          "fieldAttrs",
          "fieldFormatMap",
          "fields",
          "ignoreParentSettingsJSON",
          "optionsJSON",
          "panelsJSON",
          "runtimeFieldMap",
          "searchSourceJSON",
          "sourceFilters",
          "typeMeta",
          "uiStateJSON",
          "visState");

  private static final String SPEC = "spec";
  private static final String MARKDOWN = "markdown";
  private static final String PANELS = "panelsJSON";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ReadableForm() {}

  /** The readable form of a stored object; one that is readable already stays as it is. */
  static ObjectNode readable(ObjectNode stored) {
    ObjectNode own = stored.deepCopy();
    own.remove(OF_THE_SERVER);
    ObjectNode sorted = (ObjectNode) unfold("", own);
    if (sorted.path("references") instanceof ArrayNode references) {
      sorted.set("references", ordered(references, Comparator.comparing(ReadableForm::name)));
    }
    return sorted;
  }

  /** The form that Kibana stores and imports. */
  static ObjectNode stored(ObjectNode readable) {
    return (ObjectNode) fold("", readable);
  }

  /** Pretty-printed, with a line feed at the end. */
  static String pretty(JsonNode json) {
    return text(json, true) + "\n";
  }

  /** On one line. */
  static String compact(JsonNode json) {
    return text(json, false);
  }

  private static JsonNode unfold(String key, JsonNode value) {
    if (key.equals(SPEC)) {
      return value.isTextual() ? specOf(value.textValue()) : value;
    }
    if (key.equals(MARKDOWN) && value.isTextual()) {
      return lines(value.textValue());
    }
    if (JSON_TEXT.contains(key) && value.isTextual()) {
      JsonNode parsed = parse(value.textValue());
      return parsed == null ? value : unfold(key, parsed);
    }
    JsonNode inner = map(value, ReadableForm::unfold);
    return key.equals(PANELS) && inner instanceof ArrayNode panels
        ? ordered(panels, Comparator.comparingInt(ReadableForm::place))
        : inner;
  }

  private static JsonNode fold(String key, JsonNode value) {
    if (key.equals(SPEC) && !value.isTextual()) {
      return TextNode.valueOf(isLines(value) ? joined(value) : text(value, true));
    }
    if (key.equals(MARKDOWN) && value.isArray()) {
      return TextNode.valueOf(joined(value));
    }
    JsonNode inner = map(value, ReadableForm::fold);
    return JSON_TEXT.contains(key) && inner.isContainerNode()
        ? TextNode.valueOf(compact(inner))
        : inner;
  }

  private static JsonNode map(JsonNode value, Change change) {
    if (value.isArray()) {
      ArrayNode mapped = JsonNodeFactory.instance.arrayNode();
      value.forEach(one -> mapped.add(change.apply("", one)));
      return mapped;
    }
    if (!value.isObject()) {
      return value;
    }
    List<String> keys = new ArrayList<>();
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      keys.add(names.next());
    }
    keys.sort(Comparator.naturalOrder());
    ObjectNode mapped = JsonNodeFactory.instance.objectNode();
    keys.forEach(key -> mapped.set(key, change.apply(key, value.get(key))));
    return mapped;
  }

  /** A spec whose text is more than JSON (comments, other quotes) keeps its lines. */
  private static JsonNode specOf(String text) {
    JsonNode parsed = parse(text);
    return parsed == null || !parsed.isObject() ? lines(text) : parsed;
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode parsed = JSON.readTree(text);
      return parsed.isContainerNode() ? parsed : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static ArrayNode lines(String text) {
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    text.lines().forEach(lines::add);
    return lines;
  }

  private static boolean isLines(JsonNode value) {
    return value.isArray() && (value.isEmpty() || value.get(0).isTextual());
  }

  private static String joined(JsonNode lines) {
    List<String> all = new ArrayList<>();
    lines.forEach(line -> all.add(line.asText()));
    return String.join("\n", all);
  }

  private static ArrayNode ordered(ArrayNode array, Comparator<JsonNode> order) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    all.sort(order);
    return JsonNodeFactory.instance.arrayNode().addAll(all);
  }

  private static String name(JsonNode reference) {
    return reference.path("name").asText("");
  }

  /** Rows come first: a dashboard is 48 columns wide. */
  private static int place(JsonNode panel) {
    JsonNode grid = panel.path("gridData");
    return grid.path("y").asInt() * 100 + grid.path("x").asInt();
  }

  private static String text(JsonNode json, boolean pretty) {
    try {
      return pretty
          ? JSON.writer(printer()).writeValueAsString(json)
          : JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
        .withObjectIndenter(lines)
        .withArrayIndenter(lines);
  }

  /** What is done with the value of a key; the key of an array's element is empty. */
  @FunctionalInterface
  private interface Change {
    JsonNode apply(String key, JsonNode value);
  }
}
