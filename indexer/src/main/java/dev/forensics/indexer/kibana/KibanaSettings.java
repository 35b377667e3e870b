package dev.forensics.indexer.kibana;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Kibana is reached.
 *
 * @param url http or https, with its base path if it has one
 * @param credentials what is shown to it
 * @param space the space's id, empty for the default one
 * @param caFile a PEM or DER file with certificates to trust, empty for the platform's
 * @param timeout for an answer; an import takes seconds
 */
public record KibanaSettings(
    URI url,
    KibanaCredentials credentials,
    Optional<String> space,
    Optional<Path> caFile,
    Duration timeout) {
  private static final Pattern SPACE = Pattern.compile("[a-z0-9_-]{1,100}");

  /** Checks what can be checked without a server. */
  public KibanaSettings {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException("not an address of Kibana (http://HOST:PORT): " + url);
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "credentials do not belong into an address, which is logged: host=" + url.getHost());
    }
    if (space.isPresent() && !SPACE.matcher(space.get()).matches()) {
      throw new IllegalArgumentException("not the id of a space: " + space.get());
    }
  }

  /** Without security, the default space, a minute for an answer. */
  public static KibanaSettings of(URI url) {
    return new KibanaSettings(
        url, KibanaCredentials.none(), Optional.empty(), Optional.empty(), Duration.ofMinutes(1));
  }

  /** The same with other credentials. */
  public KibanaSettings withCredentials(KibanaCredentials newCredentials) {
    return new KibanaSettings(url, newCredentials, space, caFile, timeout);
  }

  /** The same in another space. */
  public KibanaSettings withSpace(String newSpace) {
    return new KibanaSettings(url, credentials, Optional.of(newSpace), caFile, timeout);
  }

  /** The same with certificates to trust. */
  public KibanaSettings withCaFile(Path newCaFile) {
    return new KibanaSettings(url, credentials, space, Optional.of(newCaFile), timeout);
  }

  /** The address of a call of the API, in the space. */
  URI resolve(String path) {
    String base = url.toString().replaceAll("/+$", "");
    return URI.create(base + space.map(id -> "/s/" + id).orElse("") + path);
  }
}
