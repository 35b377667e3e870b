package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One saved object of Kibana in its readable form: JSON that Kibana keeps as text inside JSON
 * stands here as JSON, and what the server adds by itself is left out.
 *
 * @param type Kibana's type, such as {@code lens}
 * @param id stable id, unique within its type
 * @param json the whole object, see {@link ReadableForm}
 */
public record SavedObject(String type, String id, ObjectNode json) {
  /**
   * Takes type and id out of the JSON.
   *
   * @throws IllegalArgumentException when it has none
   */
  public static SavedObject of(ObjectNode json) {
    String type = json.path("type").asText("");
    String id = json.path("id").asText("");
    if (type.isEmpty() || id.isEmpty()) {
      throw new IllegalArgumentException("not a saved object, it has no type or no id");
    }
    return new SavedObject(type, id, json);
  }

  /** The title people see; empty when it has none. */
  public String title() {
    JsonNode attributes = attributes();
    return attributes.path("name").asText(attributes.path("title").asText(""));
  }

  /** What makes it up. */
  public JsonNode attributes() {
    return json.path("attributes");
  }

  /** The objects it points to. */
  public List<Reference> references() {
    List<Reference> all = new ArrayList<>();
    for (JsonNode one : json.path("references")) {
      all.add(
          new Reference(
              one.path("name").asText(""), one.path("type").asText(""), one.path("id").asText("")));
    }
    return all;
  }

  /** Type and id, for messages. */
  public String key() {
    return type + ":" + id;
  }

  /**
   * A pointer to another object.
   *
   * @param name by which the attributes speak of it
   * @param type of the other object
   * @param id of the other object
   */
  public record Reference(String name, String type, String id) {
    /** Type and id, as {@link SavedObject#key}. */
    public String key() {
      return type + ":" + id;
    }
  }
}
