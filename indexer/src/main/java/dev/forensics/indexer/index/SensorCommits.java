package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.document.IndexTemplates;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The commits of the sensors in Elasticsearch: one document a sensor, replaced as a whole, and only
 * by the one who knows the version before it. So of two indexers that take a sensor for theirs, the
 * slower one is told. Thread-safe.
 */
public final class SensorCommits {
  private static final String DOCUMENTS = "/" + IndexTemplates.SENSORS_INDEX + "/_doc/";
  private static final int CONFLICT = 409;

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
        .get(path(sensor))
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
   * @throws SensorTakenException when somebody else has written meanwhile
   * @throws ElasticsearchUnavailableException when it is not known to be stored; to be tried again
   */
  public Stored write(String sensor, JsonNode json, Optional<Stored> before) throws IOException {
    String condition =
        before
            .map(b -> "?if_seq_no=" + b.sequenceNumber() + "&if_primary_term=" + b.primaryTerm())
            .orElse("?op_type=create");
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    try {
      JsonNode answer = requests.send("PUT", path(sensor) + condition, body);
      return new Stored(
          json, answer.path("_seq_no").asLong(), answer.path("_primary_term").asLong());
    } catch (ElasticsearchUnavailableException e) {
      if (JsonRequests.status(e) != CONFLICT) {
        throw e;
      }
      return storedAlready(sensor, json);
    }
  }

  /** The answer to an earlier attempt may have got lost on its way. */
  private Stored storedAlready(String sensor, JsonNode json) throws IOException {
    Optional<Stored> now = read(sensor);
    if (now.isPresent() && now.get().source().equals(json)) {
      return now.get();
    }
    throw new SensorTakenException(sensor);
  }

  private static String path(String sensor) {
    return DOCUMENTS + URLEncoder.encode(sensor, StandardCharsets.UTF_8);
  }
}
