package dev.forensics.indexer.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.CaptureId;
import java.util.HashMap;
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
 * @param holes position by capture before which holes are passed over; where none is given they are
 *     waited for
 */
record Announcement(String node, Map<CaptureId, Long> limits, Map<CaptureId, Long> holes) {
  private static final String NODE = "node";
  private static final String CAPTURES = "captures";
  private static final String ID = "id";
  private static final String TO = "to";
  private static final String HOLES_TO = "holes_to";

  Announcement {
    limits = Map.copyOf(limits);
    holes = Map.copyOf(holes);
  }

  boolean isEmpty() {
    return limits.isEmpty();
  }

  void write(ObjectNode into) {
    into.put(NODE, node);
    ArrayNode captures = into.putArray(CAPTURES);
    Map<String, CaptureId> ordered = new TreeMap<>();
    limits.keySet().forEach(id -> ordered.put(id.value(), id));
    for (CaptureId id : ordered.values()) {
      ObjectNode capture = captures.addObject().put(ID, id.value()).put(TO, limits.get(id));
      if (holes.containsKey(id)) {
        capture.put(HOLES_TO, holes.get(id));
      }
    }
  }

  static Announcement read(JsonNode from) {
    Map<CaptureId, Long> limits = new HashMap<>();
    Map<CaptureId, Long> holes = new HashMap<>();
    for (JsonNode capture : from.path(CAPTURES)) {
      CaptureId id = new CaptureId(capture.path(ID).asText());
      limits.put(id, capture.path(TO).asLong());
      if (capture.has(HOLES_TO)) {
        holes.put(id, capture.path(HOLES_TO).asLong());
      }
    }
    return new Announcement(from.path(NODE).asText(), limits, holes);
  }
}
