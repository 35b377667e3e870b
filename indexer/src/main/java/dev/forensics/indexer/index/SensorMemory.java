package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.enrich.Names;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a sensor's stored documents tell of the time before it is resumed: which alarms were the
 * first of their kind, and what addresses were called. The latest count most. Thread-safe.
 */
public final class SensorMemory {
  private static final int PAGE = 5_000;
  private static final int MOST_NAMES = 20_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ElasticsearchConnection connection;
  private final JsonRequests requests;

  /** Memory in the namespace of a connection. */
  public SensorMemory(ElasticsearchConnection connection) {
    this.connection = connection;
    requests = new JsonRequests(connection);
  }

  /**
   * The rules and destinations that were alarmed about.
   *
   * @param firsts learns them, and is returned
   */
  public FirstAlarms firstAlarms(String sensor, FirstAlarms firsts) throws IOException {
    List<JsonNode> found =
        latest(
            DocumentKind.ALARM,
            sensor,
            term("forensics.alarm.first_for_destination", true),
            List.of(
                "rule.id",
                "destination.ip",
                "destination.port",
                "forensics.tunnel.target_host",
                "forensics.tunnel.target_port"),
            FirstAlarms.DEFAULT_CAPACITY);
    for (JsonNode alarm : found) {
      address(alarm.at("/destination/ip").asText())
          .ifPresent(address -> firsts.add(pair(alarm, address)));
    }
    return firsts;
  }

  private static FirstAlarms.Pair pair(JsonNode alarm, Names.Address address) {
    JsonNode tunnel = alarm.at("/forensics/tunnel");
    return new FirstAlarms.Pair(
        alarm.at("/rule/id").asText(),
        address.ipVersion(),
        address.high(),
        address.low(),
        alarm.at("/destination/port").asInt(),
        FirstAlarms.target(
            tunnel.path("target_host").asText(null), tunnel.path("target_port").asInt()));
  }

  /**
   * The names that DNS answers gave to addresses.
   *
   * @param before packet time in nanoseconds; what was answered then or later does not count
   * @param names learns them, and is returned
   */
  public Names names(String sensor, long before, Names names) throws IOException {
    ObjectNode exists = JsonNodeFactory.instance.objectNode();
    exists.putObject("exists").put("field", "dns.resolved_ip");
    List<JsonNode> found =
        latest(
            DocumentKind.FLOW,
            sensor,
            exists,
            List.of("dns.resolved_ip", "dns.question.name", "client.ip", "event.end"),
            MOST_NAMES);
    for (JsonNode flow : found) {
      if (nanos(flow.at("/event/end").asText()) < before) {
        learn(flow, names);
      }
    }
    return names;
  }

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }

  private static void learn(JsonNode flow, Names names) {
    String name = flow.at("/dns/question/name").asText();
    Names.Address client = address(flow.at("/client/ip").asText()).orElse(null);
    for (JsonNode ip : flow.at("/dns/resolved_ip")) {
      address(ip.asText()).ifPresent(address -> names.learn(address, client, name));
    }
  }

  /** The latest documents, the oldest of them first. */
  private List<JsonNode> latest(
      DocumentKind kind, String sensor, ObjectNode filter, List<String> fields, int most)
      throws IOException {
    List<JsonNode> found = new ArrayList<>();
    JsonNode after = null;
    int hits = PAGE;
    while (hits == PAGE && found.size() < most) {
      JsonNode page = page(kind, query(sensor, filter, fields, after));
      hits = page.size();
      for (JsonNode hit : page) {
        found.add(hit.path("_source"));
        after = hit.path("sort");
      }
    }
    Collections.reverse(found);
    return found;
  }

  private static ObjectNode query(
      String sensor, ObjectNode filter, List<String> fields, JsonNode after) {
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    query.put("size", PAGE);
    query.put("track_total_hits", false);
    ArrayNode source = query.putArray("_source");
    fields.forEach(source::add);
    ArrayNode sort = query.putArray("sort");
    sort.addObject().put("@timestamp", "desc");
    sort.addObject().put("event.id", "desc");
    query
        .putObject("query")
        .putObject("bool")
        .putArray("filter")
        .add(term("observer.name", sensor))
        .add(filter);
    if (after != null) {
      query.set("search_after", after);
    }
    return query;
  }

  private JsonNode page(DocumentKind kind, ObjectNode query) throws IOException {
    String path =
        "/"
            + connection.names().of(kind)
            + "/_search?ignore_unavailable=true&allow_no_indices=true"
            + "&allow_partial_search_results=false";
    byte[] body = query.toString().getBytes(StandardCharsets.UTF_8);
    return requests.send("POST", path, body).path("hits").path("hits");
  }

  private static ObjectNode term(String field, Object value) {
    ObjectNode term = JsonNodeFactory.instance.objectNode();
    term.putObject("term").putPOJO(field, value);
    return term;
  }

  /** An address as text; empty when it is none. Never asks a name server. */
  private static Optional<Names.Address> address(String text) {
    boolean isLiteral = text.matches("[0-9.]+") || text.contains(":");
    if (!isLiteral) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(text).getAddress());
      return Optional.of(
          bytes.remaining() == 4
              ? new Names.Address(4, 0, bytes.getInt() & 0xFFFF_FFFFL)
              : new Names.Address(6, bytes.getLong(), bytes.getLong()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
