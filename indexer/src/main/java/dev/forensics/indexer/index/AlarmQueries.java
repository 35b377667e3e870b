package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Asks Elasticsearch for the alarms per destination. */
public final class AlarmQueries {
  private static final String QUERY = "/elasticsearch/queries/alarms-per-destination.json";

  private final ElasticsearchConnection connection;

  /** Asks in the namespace of a connection. */
  public AlarmQueries(ElasticsearchConnection connection) {
    this.connection = connection;
  }

  /**
   * Which alarms.
   *
   * @param rule rule.id; null for all rules
   * @param sensor observer.name; null for all
   * @param since earliest packet time; null for all
   * @param withSuppressed false leaves suppressed alarms out
   */
  public record Filter(String rule, String sensor, Instant since, boolean withSuppressed) {}

  /**
   * All destinations with alarms, those with the most first. Reads page by page, so their number is
   * bounded by memory only.
   */
  public List<DestinationAlarms> perDestination(Filter filter) throws IOException {
    JsonRequests requests = new JsonRequests(connection);
    ObjectNode query = (ObjectNode) JsonRequests.tree(text());
    restrict((ArrayNode) query.at("/query/bool/filter"), filter);
    ObjectNode composite = (ObjectNode) query.at("/aggs/destinations/composite");
    List<DestinationAlarms> found = new ArrayList<>();
    JsonNode after;
    do {
      JsonNode page = page(requests, query);
      page.path("buckets").forEach(bucket -> found.add(DestinationAlarms.of(bucket)));
      after = page.path("after_key");
      composite.set("after", after);
    } while (!after.isMissingNode());
    found.sort(
        Comparator.comparingLong(DestinationAlarms::alarms)
            .reversed()
            .thenComparing(DestinationAlarms::ip)
            .thenComparingInt(DestinationAlarms::port));
    return found;
  }

  /** Makes everything that was acknowledged visible to searches. */
  public void refresh() throws IOException {
    for (DocumentKind kind : DocumentKind.values()) {
      connection.refresh(kind);
    }
  }

  private JsonNode page(JsonRequests requests, ObjectNode query) throws IOException {
    String path =
        "/"
            + connection.names().of(DocumentKind.ALARM)
            + "/_search?ignore_unavailable=true&allow_no_indices=true";
    byte[] body = query.toString().getBytes(StandardCharsets.UTF_8);
    return requests.send("POST", path, body).path("aggregations").path("destinations");
  }

  private static void restrict(ArrayNode filters, Filter filter) {
    if (filter.since() != null) {
      ((ObjectNode) filters.at("/0/range/@timestamp")).put("gte", filter.since().toString());
    }
    addTerm(filters, "rule.id", filter.rule());
    addTerm(filters, "observer.name", filter.sensor());
    if (!filter.withSuppressed()) {
      filters.addObject().putObject("term").put("forensics.alarm.suppressed", false);
    }
  }

  private static void addTerm(ArrayNode filters, String field, String value) {
    if (value != null) {
      filters.addObject().putObject("term").put(field, value);
    }
  }

  private static String text() throws IOException {
    try (InputStream in = AlarmQueries.class.getResourceAsStream(QUERY)) {
      if (in == null) {
        throw new IOException("missing in this program: " + QUERY);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
