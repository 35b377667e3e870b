package dev.forensics.indexer.index;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

  /** The value of the Authorization header, empty for none. */
  Optional<String> header() {
    return Optional.ofNullable(header);
  }

  @Override
  public String toString() {
    return kind;
  }
}
