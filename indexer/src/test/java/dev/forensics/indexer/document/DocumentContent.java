package dev.forensics.indexer.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Documents without what reading the same packets again may change. */
public final class DocumentContent {
  /** What two runs over the same packets may differ in, and nothing else. */
  private static final List<List<String>> CHANGING =
      List.of(
          List.of("event", "created"),
          List.of("event", "ingested"),
          List.of("log", "file", "path"),
          List.of("forensics", "capture", "path"));

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private DocumentContent() {}

  /** A document as one line that is equal for every run over the same packets. */
  public static String comparable(byte[] json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      CHANGING.forEach(path -> remove(root, path));
      return MAPPER.writeValueAsString(MAPPER.treeToValue(root, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a document: " + new String(json, UTF_8), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(JsonNode root, List<String> path) {
    JsonNode at = root;
    for (String name : path.subList(0, path.size() - 1)) {
      at = at.path(name);
    }
    if (at instanceof ObjectNode object) {
      object.remove(path.get(path.size() - 1));
    }
  }
}
