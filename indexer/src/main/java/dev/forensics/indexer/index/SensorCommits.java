package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.document.IndexTemplates;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The commits of the sensors in Elasticsearch: one document a sensor, replaced as a whole, and only
 * by the one who knows the version before it. So of two indexers that take a sensor for theirs, the
 * slower one is told. Thread-safe.
 */
public final class SensorCommits {
  private static final String INDEX = "/" + IndexTemplates.SENSORS_INDEX;

  /** Another version of the document is there; or, where it is to be changed, none. */
  private static final Set<Integer> NOT_THE_ONE_BEFORE = Set.of(409, 404);

  private final JsonRequests requests;

  /** Commits behind a connection. */
  public SensorCommits(ElasticsearchConnection connection) {
    requests = new JsonRequests(connection);
  }

  /**
   * A commit as it is stored.
   *
   * @param source the document
   * @param sequenceNumber Elasticsearch's _seq_no of it
   * @param primaryTerm Elasticsearch's _primary_term of it
   */
  public record Stored(JsonNode source, long sequenceNumber, long primaryTerm) {}

  /** The latest commit of a sensor; empty before the first one. Sees every acknowledged write. */
  public Optional<Stored> read(String sensor) throws IOException {
    return requests
        .get(path("_doc", sensor))
        .filter(answer -> answer.path("found").asBoolean())
        .map(
            answer ->
                new Stored(
                    answer.path("_source"),
                    answer.path("_seq_no").asLong(),
                    answer.path("_primary_term").asLong()));
  }

  /**
   * Replaces the commit of a sensor.
   *
   * @param json the new one, different from every other
   * @param before the one it follows, as it was read or written; empty for the first one
   * @throws SensorTakenException when somebody else has written meanwhile, or the one before is
   *     gone
   * @throws ElasticsearchUnavailableException when it is not known to be stored; to be tried again
   */
  public Stored write(String sensor, JsonNode json, Optional<Stored> before) throws IOException {
    String condition = before.map(SensorCommits::onlyAfter).orElse("?op_type=create");
    return send("PUT", path("_doc", sensor) + condition, json, sensor, json);
  }

  /**
   * Changes some fields of a sensor's commit, for what is small beside the rest of it.
   *
   * @param changes the fields with their new values, in the objects that they stand in; different
   *     from every other change
   * @param before the commit as it was read or written
   * @throws SensorTakenException when somebody else has written meanwhile, or the one before is
   *     gone
   * @throws ElasticsearchUnavailableException when it is not known to be stored; to be tried again
   */
  public Stored amend(String sensor, JsonNode changes, Stored before) throws IOException {
    JsonNode body = JsonNodeFactory.instance.objectNode().set("doc", changes);
    JsonNode after = merged(before.source(), changes);
    return send("POST", path("_update", sensor) + onlyAfter(before), body, sensor, after);
  }

  private static String onlyAfter(Stored before) {
    return "?if_seq_no=" + before.sequenceNumber() + "&if_primary_term=" + before.primaryTerm();
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

  private Stored send(String method, String path, JsonNode body, String sensor, JsonNode after)
      throws IOException {
    try {
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      JsonNode answer = requests.send(method, path, bytes);
      return new Stored(
          after, answer.path("_seq_no").asLong(), answer.path("_primary_term").asLong());
    } catch (ElasticsearchUnavailableException e) {
      if (!NOT_THE_ONE_BEFORE.contains(JsonRequests.status(e))) {
        throw e;
      }
      return storedAlready(sensor, after);
    }
  }

  /** The answer to an earlier attempt may have got lost on its way. */
  private Stored storedAlready(String sensor, JsonNode json) throws IOException {
    Stored now = read(sensor).orElseThrow(() -> SensorTakenException.gone(sensor));
    // Read back, a small long is an int: only what was parsed can be compared.
    if (now.source().equals(JsonRequests.tree(json.toString()))) {
      return now;
    }
    throw SensorTakenException.byAnother(sensor);
  }

  private static String path(String endpoint, String sensor) {
    return INDEX + "/" + endpoint + "/" + URLEncoder.encode(sensor, StandardCharsets.UTF_8);
  }
}
