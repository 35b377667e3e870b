package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.IndexTemplate;
import dev.forensics.indexer.document.IndexTemplates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Installs the templates and the ledger's indices. Safe to repeat, and the way to upgrade: a
 * template is replaced when it is missing, older than this program's or has another retention, and
 * left alone when it is newer. Data streams that exist already get the new retention, and after an
 * upgrade a new write index, since a template speaks only to indices made after it.
 */
public final class IndexSetup {
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int FORBIDDEN = 403;

  private final ElasticsearchConnection connection;
  private final JsonRequests requests;
  private final List<String> written = new ArrayList<>();
  private final List<String> unchanged = new ArrayList<>();
  private final List<String> newer = new ArrayList<>();
  private final List<String> rolledOver = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean isUpgrade;

  private IndexSetup(ElasticsearchConnection connection) {
    this.connection = connection;
    this.requests = new JsonRequests(connection);
  }

  /**
   * Installs or upgrades everything.
   *
   * @throws ElasticsearchUnavailableException when the server cannot be reached or does not allow
   *     it (the right manage_index_templates is needed)
   */
  public static SetupReport install(ElasticsearchConnection connection, Retention retention)
      throws IOException {
    IndexSetup setup = new IndexSetup(connection);
    setup.putTemplates(retention);
    setup.create(IndexTemplates.CAPTURES_INDEX);
    setup.create(IndexTemplates.SENSORS_INDEX);
    setup.upgrade(DocumentKind.FLOW, retention.flows());
    setup.upgrade(DocumentKind.ALARM, retention.alarms());
    return new SetupReport(
        setup.written, setup.unchanged, setup.newer, setup.rolledOver, setup.notes);
  }

  /** True when the reason is that this user may not install templates. */
  public static boolean isForbidden(ElasticsearchUnavailableException failure) {
    return JsonRequests.status(failure) == FORBIDDEN;
  }

  /** Whether the ledger's indices are there; needs the right to read them only. */
  public static boolean hasLedger(ElasticsearchConnection connection) throws IOException {
    JsonRequests requests = new JsonRequests(connection);
    byte[] none = utf8("{\"ids\":[\"none\"]}");
    for (String index : List.of(IndexTemplates.CAPTURES_INDEX, IndexTemplates.SENSORS_INDEX)) {
      JsonNode answer = requests.send("POST", "/" + index + "/_mget", none);
      if (answer.path("docs").path(0).has("error")) {
        return false;
      }
    }
    return true;
  }

  /**
   * The least rights the indexer needs for writing, as the body of {@code PUT _security/role/NAME}:
   * to create documents in our data streams, to write the ledger, and to look up what is there.
   */
  public static String writerRole() throws IOException {
    try (InputStream in =
        IndexSetup.class.getResourceAsStream("/elasticsearch/roles/writer.json")) {
      if (in == null) {
        throw new IOException("missing in this program: elasticsearch/roles/writer.json");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<IndexTemplate> templates(Retention retention) {
    return IndexTemplates.all(retention.flows(), retention.alarms());
  }

  private static String path(IndexTemplate template) {
    return "/" + template.kind().endpoint() + "/" + template.name();
  }

  private void putTemplates(Retention retention) throws IOException {
    for (IndexTemplate template : templates(retention)) {
      Optional<JsonNode> present = present(template);
      int version = present.map(json -> json.path("version").asInt()).orElse(0);
      if (version > IndexTemplates.VERSION) {
        newer.add(template.name());
      } else if (version == IndexTemplates.VERSION && isSame(present, template)) {
        unchanged.add(template.name());
      } else {
        requests.send("PUT", path(template), utf8(template.json()));
        written.add(template.name());
        isUpgrade |= present.isPresent() && version < IndexTemplates.VERSION;
      }
    }
  }

  private Optional<JsonNode> present(IndexTemplate template) throws IOException {
    boolean isComponent = template.kind() == IndexTemplate.Kind.COMPONENT;
    String list = isComponent ? "component_templates" : "index_templates";
    String inner = isComponent ? "component_template" : "index_template";
    return requests.get(path(template)).map(json -> json.path(list).path(0).path(inner));
  }

  /** Of one version, only the retention differs from one installation to another. */
  private static boolean isSame(Optional<JsonNode> present, IndexTemplate template)
      throws IOException {
    JsonNode ours = JsonRequests.tree(template.json());
    return present.map(json -> retention(json).equals(retention(ours))).orElse(false);
  }

  private static String retention(JsonNode template) {
    return template.path("template").path("lifecycle").path("data_retention").asText();
  }

  private void create(String index) throws IOException {
    if (requests.get("/" + index + "/_settings").isPresent()) {
      return;
    }
    try {
      requests.send("PUT", "/" + index, null);
    } catch (ElasticsearchUnavailableException e) {
      if (JsonRequests.status(e) != BAD_REQUEST
          || !e.getMessage().contains("resource_already_exists_exception")) {
        throw e;
      }
    }
  }

  private void upgrade(DocumentKind kind, String retention) throws IOException {
    String stream = connection.names().of(kind);
    if (written.isEmpty() || requests.get("/" + stream + "/_settings").isEmpty()) {
      return;
    }
    setRetention(stream, retention);
    if (isUpgrade) {
      requests.send("POST", "/" + stream + "/_rollover", null);
      rolledOver.add(stream);
    }
  }

  private void setRetention(String stream, String retention) throws IOException {
    String body = "{\"data_retention\":\"" + retention + "\"}";
    try {
      requests.send("PUT", "/_data_stream/" + stream + "/_lifecycle", utf8(body));
    } catch (ElasticsearchUnavailableException e) {
      int status = JsonRequests.status(e);
      if (status != BAD_REQUEST && status != METHOD_NOT_ALLOWED) {
        throw e;
      }
      notes.add(
          "this server cannot change the retention of the existing "
              + stream
              + "; it applies to new data streams");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
