package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.document.CaptureReading;
import dev.forensics.indexer.document.IndexTemplates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger's entries, looked up by what they stand for. Thread-safe. */
public final class CaptureLedger {
  private static final int IDS_A_REQUEST = 1_000;
  private static final int MOST_OF_A_GROUP = 10_000;

  private final JsonRequests requests;

  /** The ledger behind a connection. */
  public CaptureLedger(ElasticsearchConnection connection) {
    requests = new JsonRequests(connection);
  }

  /** The entries that a sensor has of these captures; sees every acknowledged write. */
  public Map<CaptureId, CaptureEntry> entries(String sensor, Collection<CaptureId> captures)
      throws IOException {
    Map<CaptureId, CaptureEntry> found = new HashMap<>();
    List<CaptureId> all = List.copyOf(captures);
    for (int from = 0; from < all.size(); from += IDS_A_REQUEST) {
      read(sensor, all.subList(from, Math.min(all.size(), from + IDS_A_REQUEST)), found);
    }
    return found;
  }

  /**
   * The entries that a sensor has of captures with the same first record; sees every acknowledged
   * write. At most {@value #MOST_OF_A_GROUP}.
   */
  public List<CaptureEntry> group(String sensor, CaptureId group) throws IOException {
    String options = "?ignore_unavailable=true&allow_no_indices=true";
    requests.send("POST", "/" + IndexTemplates.CAPTURES_INDEX + "/_refresh" + options, null);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("size", MOST_OF_A_GROUP);
    ArrayNode filter = body.putObject("query").putObject("bool").putArray("filter");
    filter.addObject().putObject("term").put("observer.name", sensor);
    filter.addObject().putObject("prefix").put("forensics.capture.id", group.value());
    JsonNode answer =
        requests.send(
            "POST",
            "/"
                + IndexTemplates.CAPTURES_INDEX
                + "/_search"
                + options
                + "&allow_partial_search_results=false",
            body.toString().getBytes(StandardCharsets.UTF_8));
    List<CaptureEntry> entries = new ArrayList<>();
    for (JsonNode hit : answer.path("hits").path("hits")) {
      byte[] source = hit.path("_source").toString().getBytes(StandardCharsets.UTF_8);
      entries.add(CaptureReading.read(source));
    }
    return entries;
  }

  /** A shard that is not there yet is no answer, but an index that was never made is. */
  private static void refuseFault(JsonNode error) throws IOException {
    if (!error.isMissingNode()
        && !error.path("type").asText().equals("index_not_found_exception")) {
      throw new ElasticsearchUnavailableException(
          "the ledger cannot be read now: " + error.path("type").asText(), null);
    }
  }

  private void read(String sensor, List<CaptureId> part, Map<CaptureId, CaptureEntry> found)
      throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = body.putArray("ids");
    part.forEach(id -> ids.add(CaptureEntry.documentId(id, sensor)));
    JsonNode answer =
        requests.send(
            "POST",
            "/" + IndexTemplates.CAPTURES_INDEX + "/_mget",
            body.toString().getBytes(StandardCharsets.UTF_8));
    for (JsonNode one : answer.path("docs")) {
      refuseFault(one.path("error"));
      if (one.path("found").asBoolean()) {
        CaptureEntry entry =
            CaptureReading.read(one.path("_source").toString().getBytes(StandardCharsets.UTF_8));
        found.put(entry.id, entry);
      }
    }
  }
}
