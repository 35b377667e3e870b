package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.kibana.SavedObject.Reference;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Kibana's saved-objects API, as far as the pack needs it: {@code _import} and {@code _export}.
 *
 * <p>Source: Kibana Guide 8.12, "Import saved objects API" and "Export saved objects API".
 */
public final class KibanaClient {
  private static final String IMPORT = "/api/saved_objects/_import?overwrite=true";
  private static final String EXPORT = "/api/saved_objects/_export";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KibanaHttp http;

  private KibanaClient(KibanaHttp http) {
    this.http = http;
  }

  /**
   * Makes a client; nothing is sent yet.
   *
   * @throws IOException when the CA file cannot be read
   */
  public static KibanaClient open(KibanaSettings settings) throws IOException {
    return new KibanaClient(KibanaHttp.open(settings));
  }

  /**
   * Puts the pack of this program into Kibana. Safe to repeat, also as an upgrade: objects with our
   * ids are overwritten, all others stay.
   *
   * @throws IOException when Kibana cannot be reached, refuses the credentials, or is too old
   */
  public static ImportReport install(KibanaSettings settings)
      throws IOException, InterruptedException {
    return open(settings).importPack(KibanaPack.bundled());
  }

  /**
   * Puts a pack into Kibana, over objects with the same ids.
   *
   * @return also the objects that Kibana refused, with its reasons
   * @throws IOException when Kibana cannot be reached, refuses the credentials, or is too old
   */
  public ImportReport importPack(KibanaPack pack) throws IOException, InterruptedException {
    http.requireSupportedVersion();
    String boundary = "forensics-" + UUID.randomUUID();
    String answer =
        http.post(
            IMPORT,
            "multipart/form-data; boundary=" + boundary,
            HttpRequest.BodyPublishers.ofString(form(boundary, pack.ndjson())));
    return report(JSON.readTree(answer));
  }

  private static String form(String boundary, String lines) {
    return "--"
        + boundary
        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"forensics.ndjson\""
        + "\r\nContent-Type: application/ndjson\r\n\r\n"
        + lines
        + "\r\n--"
        + boundary
        + "--\r\n";
  }

  /**
   * Takes objects out of Kibana, with everything they point to.
   *
   * @param keys {@code type:id} of each object, such as {@code dashboard:forensics-flow-explorer}
   * @throws IOException when Kibana cannot be reached, or does not have one of them
   */
  public KibanaPack export(Collection<String> keys) throws IOException, InterruptedException {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode objects = request.putArray("objects");
    for (String key : keys) {
      int colon = key.indexOf(':');
      if (colon < 1 || colon == key.length() - 1) {
        throw new IllegalArgumentException("not TYPE:ID: " + key);
      }
      objects.addObject().put("type", key.substring(0, colon)).put("id", key.substring(colon + 1));
    }
    request.put("includeReferencesDeep", true).put("excludeExportDetails", true);
    byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
    return KibanaPack.ofLines(
        http.post(EXPORT, "application/json", HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static ImportReport report(JsonNode answer) throws IOException {
    if (!answer.has("success")) {
      throw new IOException("Kibana answered the import with something else: " + answer);
    }
    List<ImportReport.Fault> faults = new ArrayList<>();
    for (JsonNode one : answer.path("errors")) {
      faults.add(
          new ImportReport.Fault(
              one.path("type").asText(""),
              one.path("id").asText(""),
              one.path("meta").path("title").asText(one.path("title").asText("")),
              reason(one.path("error"))));
    }
    if (!answer.path("success").asBoolean() && faults.isEmpty()) {
      throw new IOException("Kibana says that the import failed, and not why: " + answer);
    }
    return new ImportReport(answer.path("successCount").asInt(), faults);
  }

  private static String reason(JsonNode error) {
    String type = error.path("type").asText("unknown");
    return switch (type) {
      case "missing_references" -> "points to objects that are not there: " + missing(error);
      case "conflict", "ambiguous_conflict" -> "another object has this id (" + type + ")";
      case "unsupported_type" -> "this Kibana does not know the type";
      default -> error.path("message").asText(type);
    };
  }

  private static String missing(JsonNode error) {
    List<String> keys = new ArrayList<>();
    for (JsonNode one : error.path("references")) {
      keys.add(new Reference("", one.path("type").asText(), one.path("id").asText()).key());
    }
    return String.join(", ", keys);
  }
}
