package dev.forensics.indexer.metamorphic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.pipeline.CollectedDocuments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The flows and alarms of a run as fields and values, without what only says where packets lie:
 * read times, paths, ids of captures, positions. How many packets a document points at stays.
 *
 * @param flows in the order of writing
 * @param alarms in the order of writing
 * @param twice ids that were written more than once
 */
record Documents(
    List<Map<String, String>> flows, List<Map<String, String>> alarms, Set<String> twice) {
  private static final Set<String> WHERE =
      Set.of(
          "event.created",
          "event.ingested",
          "log.file.path",
          "forensics.capture.path",
          "forensics.capture.id",
          "forensics.pcap_url",
          "forensics.packets.ranges");

  static Documents of(CollectedDocuments collected) {
    return new Documents(
        fields(collected.of(DocumentKind.FLOW)),
        fields(collected.of(DocumentKind.ALARM)),
        collected.repeatedIds());
  }

  private static List<Map<String, String>> fields(List<JsonNode> documents) {
    List<Map<String, String>> all = new ArrayList<>();
    for (JsonNode document : documents) {
      Map<String, String> fields = new TreeMap<>();
      put(document, "", fields);
      all.add(fields);
    }
    return all;
  }

  private static void put(JsonNode node, String path, Map<String, String> into) {
    if (WHERE.contains(path)) {
      return;
    }
    if (path.equals("forensics.packets.captures")) {
      int count = 0;
      for (JsonNode capture : node) {
        count += capture.path("count").asInt();
      }
      into.put("forensics.packets.count", String.valueOf(count));
    } else if (node.isObject()) {
      for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        put(node.get(name), path.isEmpty() ? name : path + "." + name, into);
      }
    } else {
      into.put(path, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
