package dev.forensics.indexer.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The templates that Elasticsearch needs, and where each kind of document goes. The templates are
 * files beside the classes, made from the field catalogue; only the retention is filled in here.
 */
public final class IndexTemplates {
  /** Version of all templates, raised with each change. */
  public static final int VERSION = 1;

  /** Index of the ledger. */
  public static final String CAPTURES_INDEX = "forensics-captures";

  /** Index of the sensors' commits, one document a sensor, named as it. */
  public static final String SENSORS_INDEX = "forensics-sensors";

  /** Default retention of flows and alarms, in Elasticsearch's notation. */
  public static final String DEFAULT_RETENTION = "30d";

  static final List<String> COMPONENTS =
      List.of(
          "forensics-settings",
          "forensics-connection",
          "forensics-flow",
          "forensics-alarm",
          "forensics-capture");

  static final List<String> INDEXES =
      List.of("forensics-flow", "forensics-alarm", "forensics-captures", "forensics-sensors");

  private static final String RESOURCES = "/elasticsearch/";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private IndexTemplates() {}

  /**
   * The data stream or index that a kind of document goes to.
   *
   * @param namespace last part of the data streams' names, such as "default"
   */
  public static String target(DocumentKind kind, String namespace) {
    return switch (kind) {
      case FLOW -> "logs-forensics.flow-" + namespace;
      case ALARM -> "logs-forensics.alarm-" + namespace;
      case CAPTURE -> CAPTURES_INDEX;
    };
  }

  /**
   * All templates, in the order in which they must be put.
   *
   * @param flowRetention how long flows are kept, such as "30d"
   * @param alarmRetention how long alarms are kept
   */
  public static List<IndexTemplate> all(String flowRetention, String alarmRetention) {
    List<IndexTemplate> templates = new ArrayList<>();
    for (String name : COMPONENTS) {
      templates.add(template(IndexTemplate.Kind.COMPONENT, name, null));
    }
    for (String name : INDEXES) {
      String retention =
          switch (name) {
            case "forensics-flow" -> flowRetention;
            case "forensics-alarm" -> alarmRetention;
            default -> null;
          };
      templates.add(template(IndexTemplate.Kind.INDEX, name, retention));
    }
    return List.copyOf(templates);
  }

  private static IndexTemplate template(IndexTemplate.Kind kind, String name, String retention) {
    String resource = RESOURCES + kind.folder() + "/" + name + ".json";
    try (InputStream in = IndexTemplates.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + resource);
      }
      JsonNode json = MAPPER.readTree(in);
      if (retention != null) {
        ((ObjectNode) json.required("template").required("lifecycle"))
            .put("data_retention", retention);
      }
      return new IndexTemplate(kind, name, json.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("resource unreadable: " + resource, e);
    }
  }
}
