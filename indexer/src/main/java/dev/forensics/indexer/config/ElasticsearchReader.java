package dev.forensics.indexer.config;

import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchCredentials;
import dev.forensics.indexer.index.ElasticsearchSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the configuration's elasticsearch mapping; secrets come from the environment or files. */
final class ElasticsearchReader {
  private static final String DEFAULT_HOST = "http://127.0.0.1:9200";
  private static final String DEFAULT_NAMESPACE = "default";

  private static final int LARGEST_PORT = 65_535;
  private static final Pattern FINGERPRINT =
      Pattern.compile("[0-9a-fA-F]{2}(?:(?::[0-9a-fA-F]{2}){31}|[0-9a-fA-F]{62})");

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
    Optional<Path> ca = Optional.ofNullable(node.file("ca_file", paths));
    ca.filter(Files::isReadable)
        .flatMap(file -> CertificateFile.problem(file, Instant.now()))
        .ifPresent(problem -> node.fault("ca_file", problem));
    Optional<String> fingerprint = fingerprint();
    if (ca.isPresent() && fingerprint.isPresent()) {
      node.fault("ca_fingerprint", "give a CA file or a fingerprint, not both");
      fingerprint = Optional.empty();
    }
    String namespace = namespace();
    Duration connect = node.positive("connect_timeout", Duration.ofSeconds(5));
    Duration request = node.positive("request_timeout", Duration.ofSeconds(60));
    Optional<Boolean> compress =
        node.has("compress") ? Optional.of(node.bool("compress", false)) : Optional.empty();
    BulkSettings bulk = bulk(node.mapping("bulk"), deadLetters);
    return new ElasticsearchSettings(
        hosts, credentials(), ca, fingerprint, namespace, connect, request, compress, bulk);
  }

  private Optional<String> fingerprint() {
    String text = node.string("ca_fingerprint", null);
    if (text != null && !FINGERPRINT.matcher(text).matches()) {
      node.fault(
          "ca_fingerprint", "must be a SHA-256: 64 hexadecimal digits, with colons or without");
      return Optional.empty();
    }
    return Optional.ofNullable(text);
  }

  private List<URI> hosts() {
    List<URI> hosts = new ArrayList<>();
    for (String host : node.strings("hosts", List.of(DEFAULT_HOST))) {
      host(host).ifPresent(hosts::add);
    }
    return hosts.isEmpty() ? List.of(URI.create(DEFAULT_HOST)) : hosts;
  }

  /** An address with a password in it is not echoed. */
  private Optional<URI> host(String text) {
    if (text.contains("@")) {
      node.fault("hosts", "credentials do not belong into an address, which is logged");
      return Optional.empty();
    }
    try {
      URI host = new URI(text);
      if (host.getPort() == 0 || host.getPort() > LARGEST_PORT) {
        node.fault("hosts", "there is no port " + host.getPort() + ": '" + text + "'");
        return Optional.empty();
      }
      if (host.getHost() != null && text.matches("https?://.*")) {
        return Optional.of(host);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    node.fault("hosts", "not an address of Elasticsearch (http://HOST:PORT): '" + text + "'");
    return Optional.empty();
  }

  private String namespace() {
    String namespace = node.string("namespace", DEFAULT_NAMESPACE);
    try {
      return ElasticsearchSettings.requireNamespace(namespace);
    } catch (IllegalArgumentException e) {
      node.fault("namespace", e.getMessage());
      return DEFAULT_NAMESPACE;
    }
  }

  private ElasticsearchCredentials credentials() {
    try {
      Optional<String> key = Secrets.read(environment, ElasticsearchCredentials.API_KEY);
      if (key.isPresent()) {
        return ElasticsearchCredentials.apiKey(key.get());
      }
      Optional<String> user = Secrets.read(environment, ElasticsearchCredentials.USER);
      return user.isEmpty() ? ElasticsearchCredentials.none() : user(user.get());
    } catch (IOException e) {
      node.fault(e.getMessage());
      return ElasticsearchCredentials.none();
    }
  }

  private ElasticsearchCredentials user(String name) throws IOException {
    String variable = ElasticsearchCredentials.PASSWORD;
    Optional<String> password = Secrets.read(environment, variable);
    if (password.isEmpty()) {
      throw new IOException(ElasticsearchCredentials.USER + " is set but " + variable + " is not");
    }
    return ElasticsearchCredentials.user(name, password.get());
  }

  private static BulkSettings bulk(ConfigNode node, Path deadLetters) {
    BulkSettings defaults = BulkSettings.defaults(deadLetters);
    long bytes = node.bytes("max_bytes", defaults.maximumBytes());
    if (bytes < BulkSettings.MINIMUM_BYTES || bytes > BulkSettings.LARGEST_BYTES) {
      node.fault("max_bytes", "must be from 1KiB to 64MiB");
      bytes = defaults.maximumBytes();
    }
    int documents = (int) node.number("max_documents", defaults.maximumDocuments(), 1, 1_000_000);
    Duration delay = node.positive("max_delay", defaults.maximumDelay());
    int concurrency = (int) node.number("concurrency", defaults.concurrency(), 1, 32);
    return new BulkSettings(
        (int) bytes, documents, delay, concurrency, defaults.giveUpAfter(), deadLetters);
  }
}
