package dev.forensics.indexer.index;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Elasticsearch is reached and what the names there end in.
 *
 * @param hosts http or https addresses, one or more nodes of one cluster; with one path prefix at
 *     most
 * @param credentials what is shown to it
 * @param caFile a PEM or DER certificate to trust, empty for the platform's
 * @param caFingerprint SHA-256 in hex of the certificate to trust, instead of a file
 * @param namespace the end of the data streams' names: lower case, no {@code -}
 * @param connectTimeout for a TCP connection
 * @param requestTimeout for an answer to a request
 * @param compress gzip on requests; empty: only to hosts that are not on loopback
 * @param bulk how documents are sent
 */
public record ElasticsearchSettings(
    List<URI> hosts,
    ElasticsearchCredentials credentials,
    Optional<Path> caFile,
    Optional<String> caFingerprint,
    String namespace,
    Duration connectTimeout,
    Duration requestTimeout,
    Optional<Boolean> compress,
    BulkSettings bulk) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9._]{0,99}");

  /** Checks what can be checked without a server. */
  public ElasticsearchSettings {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("no Elasticsearch host is given");
    }
    hosts.forEach(ElasticsearchSettings::requireHost);
    requireNamespace(namespace);
    if (caFile.isPresent() && caFingerprint.isPresent()) {
      throw new IllegalArgumentException("give a CA file or a fingerprint, not both");
    }
  }

  private static void requireHost(URI host) {
    // first, so that a password is not echoed by the other message
    String authority = host.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      throw new IllegalArgumentException(
          "credentials do not belong into an address, which is logged: host="
              + authority.substring(authority.lastIndexOf('@') + 1));
    }
    if (host.getHost() == null
        || !("http".equals(host.getScheme()) || "https".equals(host.getScheme()))) {
      throw new IllegalArgumentException(
          "not an address of Elasticsearch (http://HOST:PORT): " + host);
    }
  }

  /**
   * Checks a namespace of data streams.
   *
   * @return the same
   * @throws IllegalArgumentException when it cannot be part of a data stream's name
   */
  public static String requireNamespace(String namespace) {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "namespace must be lower-case letters, digits, dots or underscores: " + namespace);
    }
    return namespace;
  }

  /** One host without security, namespace {@code default}, the usual times. */
  public static ElasticsearchSettings of(URI host, BulkSettings bulk) {
    return new ElasticsearchSettings(
        List.of(host),
        ElasticsearchCredentials.none(),
        Optional.empty(),
        Optional.empty(),
        "default",
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Optional.empty(),
        bulk);
  }

  /** The same with other hosts. */
  public ElasticsearchSettings withHosts(List<URI> newHosts) {
    return new ElasticsearchSettings(
        newHosts,
        credentials,
        caFile,
        caFingerprint,
        namespace,
        connectTimeout,
        requestTimeout,
        compress,
        bulk);
  }

  /** The same with other credentials. */
  public ElasticsearchSettings withCredentials(ElasticsearchCredentials newCredentials) {
    return new ElasticsearchSettings(
        hosts,
        newCredentials,
        caFile,
        caFingerprint,
        namespace,
        connectTimeout,
        requestTimeout,
        compress,
        bulk);
  }

  /** The same with a certificate to trust. */
  public ElasticsearchSettings withCaFile(Path newCaFile) {
    return new ElasticsearchSettings(
        hosts,
        credentials,
        Optional.of(newCaFile),
        Optional.empty(),
        namespace,
        connectTimeout,
        requestTimeout,
        compress,
        bulk);
  }

  /** The same with the fingerprint of a certificate to trust. */
  public ElasticsearchSettings withCaFingerprint(String newFingerprint) {
    return new ElasticsearchSettings(
        hosts,
        credentials,
        Optional.empty(),
        Optional.of(newFingerprint),
        namespace,
        connectTimeout,
        requestTimeout,
        compress,
        bulk);
  }

  /** The same with another namespace. */
  public ElasticsearchSettings withNamespace(String newNamespace) {
    return new ElasticsearchSettings(
        hosts,
        credentials,
        caFile,
        caFingerprint,
        newNamespace,
        connectTimeout,
        requestTimeout,
        compress,
        bulk);
  }

  /** The same with other ways of sending. */
  public ElasticsearchSettings withBulk(BulkSettings newBulk) {
    return new ElasticsearchSettings(
        hosts,
        credentials,
        caFile,
        caFingerprint,
        namespace,
        connectTimeout,
        requestTimeout,
        compress,
        newBulk);
  }

  /** Whether requests are compressed: as set, else only when a host is not on loopback. */
  boolean isCompressed() {
    return compress.orElseGet(() -> !hosts.stream().allMatch(ElasticsearchSettings::isLoopback));
  }

  private static boolean isLoopback(URI host) {
    String name = host.getHost();
    return name.startsWith("127.") || "localhost".equals(name) || "[::1]".equals(name);
  }
}
