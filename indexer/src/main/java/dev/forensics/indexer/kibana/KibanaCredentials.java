package dev.forensics.indexer.kibana;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the program shows to Kibana. Never part of a log or a message: {@link #toString} tells only
 * which kind it is.
 */
public final class KibanaCredentials {
  /** Beginnings of the environment's variables: Kibana's own, else Elasticsearch's. */
  private static final List<String> PREFIXES =
      List.of("FORENSICS_KIBANA_", "FORENSICS_ELASTICSEARCH_");

  private static final KibanaCredentials NONE = new KibanaCredentials(null, "none");

  private final String header;
  private final String kind;

  private KibanaCredentials(String header, String kind) {
    this.header = header;
    this.kind = kind;
  }

  /** For a Kibana without security. */
  public static KibanaCredentials none() {
    return NONE;
  }

  /** An API key in its encoded form. */
  public static KibanaCredentials apiKey(String encoded) {
    return new KibanaCredentials("ApiKey " + encoded.strip(), "API key");
  }

  /** A user with a password. */
  public static KibanaCredentials user(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new KibanaCredentials(
        "Basic " + Base64.getEncoder().encodeToString(pair), "user " + name);
  }

  /**
   * From the environment: {@code FORENSICS_KIBANA_API_KEY}, or {@code FORENSICS_KIBANA_USER} with
   * {@code FORENSICS_KIBANA_PASSWORD}; without these the same of {@code FORENSICS_ELASTICSEARCH_*},
   * whose users and keys Kibana takes too. A secret may instead stand in a file named by the same
   * variable with {@code _FILE} appended.
   *
   * @throws IOException when such a file cannot be read, or a user has no password
   */
  public static KibanaCredentials fromEnvironment(Map<String, String> environment)
      throws IOException {
    for (String prefix : PREFIXES) {
      Optional<String> key = secret(environment, prefix + "API_KEY");
      if (key.isPresent()) {
        return apiKey(key.get());
      }
      String name = environment.getOrDefault(prefix + "USER", "");
      if (!name.isBlank()) {
        return user(
            name,
            secret(environment, prefix + "PASSWORD")
                .orElseThrow(
                    () ->
                        new IOException(prefix + "USER is set but " + prefix + "PASSWORD is not")));
      }
    }
    return NONE;
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
