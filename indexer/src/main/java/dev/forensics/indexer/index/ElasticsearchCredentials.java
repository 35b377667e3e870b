package dev.forensics.indexer.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What the program shows to Elasticsearch. Never part of a log or a message: {@link #toString}
 * tells only which kind it is.
 */
public final class ElasticsearchCredentials {
  /** The environment's variable with an API key in its encoded form. */
  public static final String API_KEY = "FORENSICS_ELASTICSEARCH_API_KEY";

  /** The environment's variable with a user name. */
  public static final String USER = "FORENSICS_ELASTICSEARCH_USER";

  /** The environment's variable with that user's password. */
  public static final String PASSWORD = "FORENSICS_ELASTICSEARCH_PASSWORD";

  private static final ElasticsearchCredentials NONE = new ElasticsearchCredentials(null, "none");

  private final String header;
  private final String kind;

  private ElasticsearchCredentials(String header, String kind) {
    this.header = header;
    this.kind = kind;
  }

  /** For a server without security. */
  public static ElasticsearchCredentials none() {
    return NONE;
  }

  /** An API key in the encoded form that Elasticsearch and Kibana hand out. */
  public static ElasticsearchCredentials apiKey(String encoded) {
    return new ElasticsearchCredentials("ApiKey " + encoded.strip(), "API key");
  }

  /** A user with a password. */
  public static ElasticsearchCredentials user(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new ElasticsearchCredentials(
        "Basic " + Base64.getEncoder().encodeToString(pair), "user " + name);
  }

  /**
   * From the environment: {@link #API_KEY}, or {@link #USER} with {@link #PASSWORD}; a secret may
   * instead stand in a file named by the same variable with {@code _FILE} appended.
   *
   * @throws IOException when such a file cannot be read, or a user has no password
   */
  public static ElasticsearchCredentials fromEnvironment(Map<String, String> environment)
      throws IOException {
    Optional<String> key = secret(environment, API_KEY);
    if (key.isPresent()) {
      return apiKey(key.get());
    }
    String user = environment.getOrDefault(USER, "");
    if (user.isBlank()) {
      return NONE;
    }
    return user(
        user,
        secret(environment, PASSWORD)
            .orElseThrow(() -> new IOException(USER + " is set but " + PASSWORD + " is not")));
  }

  private static Optional<String> secret(Map<String, String> environment, String name)
      throws IOException {
    String file = environment.getOrDefault(name + "_FILE", "");
    String value =
        file.isBlank() ? environment.getOrDefault(name, "") : Files.readString(Path.of(file));
    return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  /** The value of the Authorization header, empty for none. */
  Optional<String> header() {
    return Optional.ofNullable(header);
  }

  @Override
  public String toString() {
    return kind;
  }
}
