package dev.forensics.indexer.document;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Makes the template files from the field catalogue. */
final class TemplateFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int IGNORE_ABOVE = 1024;

  /** Above the 100 of Elasticsearch's own logs-*-* template, from which nothing is inherited. */
  private static final int PRIORITY = 500;

  private static final String CUSTOM = "forensics@custom";

  private TemplateFiles() {}

  static ObjectNode component(String name) {
    return switch (name) {
      case "forensics-settings" -> settings();
      case "forensics-connection" -> mappings("flows and alarms", TemplateFiles::isShared);
      case "forensics-flow" ->
          mappings("flows only", field -> field.documents().equals(Set.of(DocumentKind.FLOW)));
      case "forensics-alarm" ->
          mappings("alarms only", field -> isIn(field, DocumentKind.ALARM) && !isShared(field));
      case "forensics-capture" -> mappings("captures", field -> isIn(field, DocumentKind.CAPTURE));
      default -> throw new IllegalArgumentException(name);
    };
  }

  static ObjectNode index(String name) {
    return switch (name) {
      case "forensics-flow" -> stream("flow", "Flows of Forensics Indexer", "5s");
      case "forensics-alarm" -> stream("alarm", "Alarms of Forensics Indexer", "1s");
      case "forensics-captures" -> captures();
      case "forensics-sensors" -> sensors();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static boolean isShared(Field field) {
    return isIn(field, DocumentKind.FLOW) && isIn(field, DocumentKind.ALARM);
  }

  private static boolean isIn(Field field, DocumentKind kind) {
    return field.documents().contains(kind);
  }

  private static ObjectNode settings() {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode index = root.putObject("template").putObject("settings").putObject("index");
    index.put("mode", "standard");
    index.put("codec", "best_compression");
    index.put("number_of_shards", 1);
    index.put("auto_expand_replicas", "0-1");
    return finish(root, "Settings of Forensics Indexer");
  }

  private static ObjectNode mappings(String what, Predicate<Field> which) {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode mappings = root.putObject("template").putObject("mappings");
    mappings.put("dynamic", false);
    ObjectNode properties = mappings.putObject("properties");
    for (Field field : Fields.ALL) {
      if (which.test(field)) {
        put(properties, field);
      }
    }
    return finish(root, "Fields of " + what + " of Forensics Indexer");
  }

  private static void put(ObjectNode properties, Field field) {
    String[] path = field.name().split("\\.", -1);
    ObjectNode at = properties;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.withObjectProperty(path[i]).withObjectProperty("properties");
    }
    ObjectNode mapping = at.putObject(path[path.length - 1]);
    mapping.put("type", field.type().mapping());
    switch (field.type()) {
      case KEYWORD -> mapping.put("ignore_above", IGNORE_ABOVE);
      case KEYWORD_SEARCH -> mapping.put("ignore_above", IGNORE_ABOVE).put("doc_values", false);
      case UNINDEXED -> mapping.put("enabled", false);
      default -> {}
    }
  }

  private static ObjectNode stream(String dataset, String description, String refreshInterval) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putArray("index_patterns").add("logs-forensics." + dataset + "-*");
    root.put("priority", PRIORITY);
    root.putObject("data_stream");
    compose(root, List.of("forensics-settings", "forensics-connection", "forensics-" + dataset));
    ObjectNode template = root.putObject("template");
    template.putObject("settings").putObject("index").put("refresh_interval", refreshInterval);
    template.putObject("lifecycle").put("data_retention", IndexTemplates.DEFAULT_RETENTION);
    return finish(root, description);
  }

  private static ObjectNode captures() {
    ObjectNode root = MAPPER.createObjectNode();
    root.putArray("index_patterns").add(IndexTemplates.CAPTURES_INDEX);
    root.put("priority", PRIORITY);
    compose(root, List.of("forensics-settings", "forensics-capture"));
    root.putObject("template")
        .putObject("settings")
        .putObject("index")
        .put("refresh_interval", "1s");
    return finish(root, "Ledger of Forensics Indexer: one document a capture");
  }

  /** Read by name only, so nothing but the sensor and the time is indexed. */
  private static ObjectNode sensors() {
    ObjectNode root = MAPPER.createObjectNode();
    root.putArray("index_patterns").add(IndexTemplates.SENSORS_INDEX);
    root.put("priority", PRIORITY);
    root.putArray("composed_of").add("forensics-settings");
    ObjectNode mappings = root.putObject("template").putObject("mappings");
    mappings.put("dynamic", false);
    ObjectNode properties = mappings.putObject("properties");
    properties.putObject("@timestamp").put("type", "date");
    properties
        .putObject("observer")
        .putObject("properties")
        .putObject("name")
        .put("type", "keyword");
    return finish(root, "Commits of Forensics Indexer: how far each sensor is");
  }

  /** A component template of the user's own, for fields and settings of theirs, comes last. */
  private static void compose(ObjectNode root, List<String> components) {
    ArrayNode list = root.putArray("composed_of");
    components.forEach(list::add);
    list.add(CUSTOM);
    root.putArray("ignore_missing_component_templates").add(CUSTOM);
  }

  private static ObjectNode finish(ObjectNode root, String description) {
    root.put("version", IndexTemplates.VERSION);
    root.putObject("_meta").put("managed_by", "forensics-indexer").put("description", description);
    return root;
  }
}
