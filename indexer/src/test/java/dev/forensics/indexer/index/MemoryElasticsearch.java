package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP server that keeps documents by index and id and knows the few requests that a
 * followed sensor makes, for tests about the sensor and not about Elasticsearch. It can be held: no
 * request is answered then, as in an outage.
 */
public final class MemoryElasticsearch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTHING_FOUND =
      """
      {"took": 1, "timed_out": false, "_shards": {"total": 1, "successful": 1, "failed": 0},
       "hits": {"total": {"value": 0, "relation": "eq"}, "hits": []}}
      """;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Map<String, Stored>> indices = new TreeMap<>();
  private long sequence;
  private volatile String held = "";
  private volatile CountDownLatch open = new CountDownLatch(0);
  private volatile CountDownLatch waiting = new CountDownLatch(1);

  private record Stored(JsonNode source, long sequence) {}

  /** Listens on a free port. */
  public MemoryElasticsearch() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Requests wait from now on. */
  public void hold() {
    holdAt("");
  }

  /** Requests wait from now on whose path ends so. */
  public void holdAt(String end) {
    held = end;
    waiting = new CountDownLatch(1);
    open = new CountDownLatch(1);
  }

  /** Returns when a request waits. */
  public void awaitRequest() throws InterruptedException {
    waiting.await();
  }

  /** Requests are answered again. */
  public void release() {
    open.countDown();
  }

  /** The documents of an index by id. */
  public synchronized Map<String, JsonNode> documents(String index) {
    Map<String, JsonNode> found = new TreeMap<>();
    indices.getOrDefault(index, Map.of()).forEach((id, stored) -> found.put(id, stored.source));
    return found;
  }

  /** The documents of all indices. */
  public synchronized List<JsonNode> documents() {
    return indices.values().stream()
        .flatMap(index -> index.values().stream())
        .map(Stored::source)
        .toList();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith(held)) {
        waiting.countDown();
        open.await();
      }
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      answer(exchange, path, query, new String(body, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void answer(HttpExchange exchange, String path, String query, String body)
      throws IOException {
    List<String> parts = Arrays.asList(path.substring(1).split("/"));
    String last = parts.get(parts.size() - 1);
    String index = parts.get(0);
    if (last.equals("_bulk")) {
      FaultyFront.answer(exchange, 200, bulk(body).toString());
    } else if (last.equals("_mget")) {
      FaultyFront.answer(exchange, 200, found(index, JSON.readTree(body)).toString());
    } else if (parts.size() == 3 && parts.get(1).equals("_doc")) {
      document(exchange, index, last, query, body);
    } else if (parts.size() == 3 && parts.get(1).equals("_update")) {
      Stored before = index(index).get(last);
      put(exchange, index, last, merged(before.source, JSON.readTree(body).path("doc")));
    } else {
      FaultyFront.answer(exchange, 200, NOTHING_FOUND);
    }
  }

  private void document(HttpExchange exchange, String index, String id, String query, String body)
      throws IOException {
    Stored before = index(index).get(id);
    if (exchange.getRequestMethod().equals("GET")) {
      FaultyFront.answer(exchange, before == null ? 404 : 200, found(id, before).toString());
    } else if (before == null || query.contains("if_seq_no=" + before.sequence)) {
      put(exchange, index, id, JSON.readTree(body));
    } else {
      FaultyFront.answer(exchange, 409, "{}");
    }
  }

  private void put(HttpExchange exchange, String index, String id, JsonNode source)
      throws IOException {
    index(index).put(id, new Stored(source, ++sequence));
    FaultyFront.answer(exchange, 200, "{\"_seq_no\":" + sequence + ",\"_primary_term\":1}");
  }

  private ObjectNode bulk(String body) throws IOException {
    ObjectNode answer = NODES.objectNode().put("errors", true);
    ArrayNode items = answer.putArray("items");
    List<String> lines = new ArrayList<>(body.lines().toList());
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      JsonNode action = JSON.readTree(lines.get(i));
      String kind = action.fieldNames().next();
      Map<String, Stored> into = index(action.path(kind).path("_index").asText());
      String id = action.path(kind).path("_id").asText();
      boolean isTaken = kind.equals("create") && into.containsKey(id);
      if (!isTaken) {
        into.put(id, new Stored(JSON.readTree(lines.get(i + 1)), ++sequence));
      }
      items.addObject().putObject(kind).put("status", isTaken ? 409 : 201);
    }
    return answer;
  }

  private ObjectNode found(String index, JsonNode body) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode docs = answer.putArray("docs");
    List<JsonNode> wanted = new ArrayList<>();
    body.path("ids").forEach(wanted::add);
    body.path("docs").forEach(one -> wanted.add(one.path("_id")));
    for (JsonNode id : wanted) {
      docs.add(found(id.asText(), index(index).get(id.asText())));
    }
    return answer;
  }

  private static ObjectNode found(String id, Stored stored) {
    ObjectNode answer = NODES.objectNode().put("_id", id).put("found", stored != null);
    if (stored != null) {
      answer.put("_seq_no", stored.sequence).put("_primary_term", 1).set("_source", stored.source);
    }
    return answer;
  }

  private static JsonNode merged(JsonNode base, JsonNode changes) {
    if (!base.isObject() || !changes.isObject()) {
      return changes;
    }
    ObjectNode merged = base.deepCopy();
    changes
        .properties()
        .forEach(c -> merged.set(c.getKey(), merged(base.path(c.getKey()), c.getValue())));
    return merged;
  }

  private Map<String, Stored> index(String name) {
    return indices.computeIfAbsent(name, n -> new TreeMap<>());
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
