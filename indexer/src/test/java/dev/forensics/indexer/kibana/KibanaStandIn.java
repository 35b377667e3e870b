package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of Kibana's saved-objects API that the client uses, with its refusals: a missing
 * kbn-xsrf header, wrong credentials, a form without a file, unknown references, an unknown key in
 * a group of controls.
 */
final class KibanaStandIn implements AutoCloseable {
  static final String KEY = "c2VjcmV0OmtleQ==";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final String prefix;
  private final Map<String, ObjectNode> stored = new LinkedHashMap<>();
  private final String version;

  KibanaStandIn(String version, String prefix) throws IOException {
    this.version = version;
    this.prefix = prefix;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Map<String, ObjectNode> stored() {
    return stored;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!("ApiKey " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, error("unable to authenticate"));
      return;
    }
    String path = exchange.getRequestURI().toString();
    if (path.equals(prefix + "/api/status")) {
      answer(exchange, 200, "{\"version\":{\"number\":\"" + version + "\"}}");
    } else if (!exchange.getRequestHeaders().containsKey("kbn-xsrf")) {
      answer(exchange, 400, error("Request must contain a kbn-xsrf header."));
    } else if (path.equals(prefix + "/api/saved_objects/_import?overwrite=true")) {
      importForm(exchange, body);
    } else if (path.equals(prefix + "/api/saved_objects/_export")) {
      export(exchange, JSON.readTree(body));
    } else {
      answer(exchange, 404, error("Not Found"));
    }
  }

  private void importForm(HttpExchange exchange, String body) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (!type.startsWith("multipart/form-data; boundary=")) {
      answer(exchange, 415, error("Unsupported Media Type"));
      return;
    }
    String boundary = "--" + type.substring(type.indexOf('=') + 1);
    String head = body.substring(0, Math.max(0, body.indexOf("\r\n\r\n")));
    boolean whole =
        body.startsWith(boundary + "\r\n") && body.endsWith("\r\n" + boundary + "--\r\n");
    if (!whole || !head.contains("name=\"file\"") || !head.contains(".ndjson\"")) {
      answer(exchange, 400, error("Invalid file extension, or no file"));
      return;
    }
    String file = body.substring(head.length() + 4, body.length() - boundary.length() - 6);
    answer(exchange, 200, importLines(file));
  }

  private String importLines(String file) throws IOException {
    Map<String, ObjectNode> given = new LinkedHashMap<>();
    for (String line : file.lines().filter(line -> !line.isBlank()).toList()) {
      ObjectNode object = (ObjectNode) JSON.readTree(line);
      given.put(key(object), object);
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode errors = JSON.createArrayNode();
    given.forEach(
        (key, object) -> {
          if (!isValid(object, given, errors)) {
            return;
          }
          stored.put(key, object);
        });
    answer.put("success", errors.isEmpty()).put("successCount", given.size() - errors.size());
    if (!errors.isEmpty()) {
      answer.set("errors", errors);
    }
    return answer.toString();
  }

  private static boolean isValid(
      ObjectNode object, Map<String, ObjectNode> given, ArrayNode errors) {
    for (JsonNode reference : object.path("references")) {
      if (!given.containsKey(key(reference))) {
        ObjectNode error = errors.addObject();
        error.put("type", object.path("type").asText()).put("id", object.path("id").asText());
        error.putObject("meta").put("title", object.at("/attributes/title").asText());
        error
            .putObject("error")
            .put("type", "missing_references")
            .putArray("references")
            .add(reference);
        return false;
      }
    }
    if (object.at("/attributes/controlGroupInput").has("showApplySelections")) {
      ObjectNode error = errors.addObject();
      error.put("type", object.path("type").asText()).put("id", object.path("id").asText());
      error
          .putObject("error")
          .put("type", "unknown")
          .put(
              "message",
              "[attributes.controlGroupInput.showApplySelections]: definition for this key is"
                  + " missing");
      return false;
    }
    return true;
  }

  private void export(HttpExchange exchange, JsonNode request) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (JsonNode wanted : request.path("objects")) {
      ObjectNode object = stored.get(key(wanted));
      if (object == null) {
        answer(exchange, 400, error("Error fetching objects to export: " + key(wanted)));
        return;
      }
      ObjectNode sent = object.deepCopy().put("version", "WzQsMV0=").put("managed", false);
      sent.put("created_at", "2026-01-01T00:00:00.000Z")
          .put("updated_at", "2026-01-02T00:00:00.000Z");
      lines.append(sent).append('\n');
    }
    answer(exchange, 200, lines.toString());
  }

  private static String key(JsonNode object) {
    return object.path("type").asText() + ":" + object.path("id").asText();
  }

  private static String error(String message) {
    return JSON.createObjectNode().put("message", message).toString();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
