package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which alarms of a sensor are stored. Thread-safe. */
public final class RaisedAlarms {
  private static final int PAGE = 5_000;

  private final ElasticsearchConnection connection;
  private final JsonRequests requests;

  /** Looks into the namespace of a connection. */
  public RaisedAlarms(ElasticsearchConnection connection) {
    this.connection = connection;
    requests = new JsonRequests(connection);
  }

  /**
   * The ids of alarms that were not suppressed, the latest first. Alarms that were acknowledged
   * before the call are seen, and from then on so are the documents of their flows, whatever the
   * refresh interval.
   *
   * @param sensor observer.name
   * @param since made at this time or later, by event.created
   * @param most how many ids at most
   */
  public List<String> latest(String sensor, Instant since, int most) throws IOException {
    connection.refresh(DocumentKind.FLOW);
    connection.refresh(DocumentKind.ALARM);
    List<String> ids = new ArrayList<>();
    JsonNode after = null;
    int hits = PAGE;
    while (hits == PAGE && ids.size() < most) {
      JsonNode page = page(query(sensor, since, after));
      hits = page.size();
      for (JsonNode hit : page) {
        ids.add(hit.path("_id").asText());
        after = hit.path("sort");
      }
    }
    return ids.size() > most ? List.copyOf(ids.subList(0, most)) : ids;
  }

  private JsonNode page(ObjectNode query) throws IOException {
    String path =
        "/"
            + connection.names().of(DocumentKind.ALARM)
            + "/_search?ignore_unavailable=true&allow_no_indices=true"
            + "&allow_partial_search_results=false";
    byte[] body = query.toString().getBytes(StandardCharsets.UTF_8);
    return requests.send("POST", path, body).path("hits").path("hits");
  }

  private static ObjectNode query(String sensor, Instant since, JsonNode after) {
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    query.put("size", PAGE);
    query.put("track_total_hits", false);
    query.put("_source", false);
    ArrayNode sort = query.putArray("sort");
    sort.addObject().put("@timestamp", "desc");
    sort.addObject().put("event.id", "desc");
    ObjectNode bool = query.putObject("query").putObject("bool");
    ArrayNode filter = bool.putArray("filter");
    filter.addObject().putObject("term").put("observer.name", sensor);
    ObjectNode range = filter.addObject().putObject("range").putObject("event.created");
    range.put("gte", since.toString());
    bool.putArray("must_not").addObject().putObject("term").put("forensics.alarm.suppressed", true);
    if (after != null) {
      query.set("search_after", after);
    }
    return query;
  }
}
