package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;

/** Requests whose bodies are files of this program, sent as they stand, answered as a tree. */
final class JsonRequests {
  private static final ContentType JSON = ContentType.parse(ElasticsearchConnection.JSON_TYPE);
  private static final RequestOptions OPTIONS =
      RequestOptions.DEFAULT.toBuilder()
          .addHeader("Accept", ElasticsearchConnection.JSON_TYPE)
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int NOT_FOUND = 404;

  private final ElasticsearchConnection connection;

  JsonRequests(ElasticsearchConnection connection) {
    this.connection = connection;
  }

  /** The answer; empty for 404. */
  Optional<JsonNode> get(String path) throws IOException {
    try {
      return Optional.of(send("GET", path, null));
    } catch (ElasticsearchUnavailableException e) {
      if (status(e) == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Sends a request; the body may be null. */
  JsonNode send(String method, String path, byte[] body) throws IOException {
    Request request = new Request(method, path);
    request.setOptions(OPTIONS);
    if (body != null) {
      request.setEntity(new NByteArrayEntity(body, JSON));
    }
    try {
      Response answer = connection.rest().performRequest(request);
      return tree(answer);
    } catch (IOException e) {
      throw new ElasticsearchUnavailableException(
          ElasticsearchFault.describe(e, connection.settings()), e);
    }
  }

  private static JsonNode tree(Response answer) throws IOException {
    if (answer.getEntity() == null) {
      return MissingNode.getInstance();
    }
    try (InputStream in = answer.getEntity().getContent()) {
      return MAPPER.readTree(in);
    }
  }

  /** Reads JSON of this program. */
  static JsonNode tree(String json) throws IOException {
    return MAPPER.readTree(json);
  }

  /** The HTTP status behind a failure, 0 when there was no answer. */
  static int status(ElasticsearchUnavailableException failure) {
    return failure.getCause() instanceof ResponseException answer
        ? answer.getResponse().getStatusLine().getStatusCode()
        : 0;
  }
}
