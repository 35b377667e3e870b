package dev.forensics.indexer.config;

import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchCredentials;
import dev.forensics.indexer.index.ElasticsearchSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the configuration's elasticsearch mapping; secrets come from the environment or files. */
final class ElasticsearchReader {
  private static final String DEFAULT_HOST = "http://127.0.0.1:9200";

  private final ConfigNode node;
  private final Map<String, String> environment;
  private final Function<String, Path> paths;

  ElasticsearchReader(
      ConfigNode node, Map<String, String> environment, Function<String, Path> paths) {
    this.node = node;
    this.environment = environment;
    this.paths = paths;
  }

  ElasticsearchSettings read(Path deadLetters) {
    List<URI> hosts = hosts();
    Optional<Path> ca = Optional.ofNullable(node.string("ca_file", null)).map(paths);
    Optional<String> fingerprint = Optional.ofNullable(node.string("ca_fingerprint", null));
    String namespace = node.string("namespace", "default");
    Duration connect = node.duration("connect_timeout", Duration.ofSeconds(5));
    Duration request = node.duration("request_timeout", Duration.ofSeconds(60));
    Optional<Boolean> compress =
        node.has("compress") ? Optional.of(node.bool("compress", false)) : Optional.empty();
    BulkSettings bulk = bulk(node.mapping("bulk"), deadLetters);
    ElasticsearchCredentials credentials = credentials();
    try {
      return new ElasticsearchSettings(
          hosts, credentials, ca, fingerprint, namespace, connect, request, compress, bulk);
    } catch (IllegalArgumentException e) {
      node.fault("hosts", e.getMessage());
      return ElasticsearchSettings.of(URI.create(DEFAULT_HOST), bulk);
    }
  }

  private List<URI> hosts() {
    List<URI> hosts = new ArrayList<>();
    for (String host : node.strings("hosts", List.of(DEFAULT_HOST))) {
      try {
        hosts.add(URI.create(host));
      } catch (IllegalArgumentException e) {
        node.fault("hosts", "not an address: " + host);
      }
    }
    return hosts.isEmpty() ? List.of(URI.create(DEFAULT_HOST)) : hosts;
  }

  private ElasticsearchCredentials credentials() {
    try {
      return ElasticsearchCredentials.fromEnvironment(environment);
    } catch (IOException e) {
      node.fault("hosts", e.getMessage());
      return ElasticsearchCredentials.none();
    }
  }

  private static BulkSettings bulk(ConfigNode node, Path deadLetters) {
    BulkSettings defaults = BulkSettings.defaults(deadLetters);
    long bytes = node.bytes("max_bytes", defaults.maximumBytes());
    BulkSettings read;
    int documents = (int) node.number("max_documents", defaults.maximumDocuments(), 1, 1_000_000);
    Duration delay = node.duration("max_delay", defaults.maximumDelay());
    int concurrency = (int) node.number("concurrency", defaults.concurrency(), 1, 32);
    try {
      read =
          new BulkSettings(
              Math.toIntExact(bytes),
              documents,
              delay,
              concurrency,
              defaults.giveUpAfter(),
              deadLetters);
    } catch (IllegalArgumentException | ArithmeticException e) {
      node.fault("max_bytes", e.getMessage());
      read = defaults;
    }
    return read;
  }
}
