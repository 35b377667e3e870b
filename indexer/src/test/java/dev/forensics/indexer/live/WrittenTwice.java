package dev.forensics.indexer.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Makes documents of the same traffic comparable when two programs captured it: where the packets
 * lie differs, and the kernel gives each program a time of its own for a packet that arrives,
 * microseconds apart. A packet that is sent has one time for all; so has a flow's first one here,
 * and so the ids are the same.
 */
final class WrittenTwice {
  private static final List<String> TIMES_OF_ANSWERS =
      List.of("@timestamp", "end", "duration", "response_delay", "time");

  private WrittenTwice() {}

  static Map<String, JsonNode> comparable(Map<String, JsonNode> documents) {
    for (JsonNode document : documents.values()) {
      if (document.path("forensics") instanceof ObjectNode own) {
        own.remove(List.of("packets", "capture"));
      }
      removeTimes(document);
    }
    return documents;
  }

  private static void removeTimes(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(TIMES_OF_ANSWERS);
    }
    node.forEach(WrittenTwice::removeTimes);
  }
}
