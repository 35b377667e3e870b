package dev.forensics.indexer.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.CaptureId;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far captures are read next, said in the sensor's commit before any of it is read. After a
 * crash exactly these records are read again, in the same order, however much the captures have
 * grown meanwhile; so what was sent already comes with the same ids.
 *
 * @param node indexer that announced it
 * @param limits position by capture behind which nothing is read, in bytes of the uncompressed
 *     capture; Long.MAX_VALUE for its end. Captures that are not named are not read.
 */
record Announcement(String node, Map<CaptureId, Long> limits) {
  private static final String NODE = "node";
  private static final String CAPTURES = "captures";
  private static final String ID = "id";
  private static final String TO = "to";

  Announcement {
    limits = Map.copyOf(limits);
  }

  boolean isEmpty() {
    return limits.isEmpty();
  }

  void write(ObjectNode into) {
    into.put(NODE, node);
    ArrayNode captures = into.putArray(CAPTURES);
    Map<String, Long> ordered = new TreeMap<>();
    limits.forEach((id, limit) -> ordered.put(id.value(), limit));
    ordered.forEach((id, limit) -> captures.addObject().put(ID, id).put(TO, limit));
  }

  static Announcement read(JsonNode from) {
    Map<CaptureId, Long> limits = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    for (JsonNode capture : from.path(CAPTURES)) {
      limits.put(new CaptureId(capture.path(ID).asText()), capture.path(TO).asLong());
    }
    return new Announcement(from.path(NODE).asText(), limits);
  }
}
