package dev.forensics.indexer.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.TransportUtils;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.document.DocumentKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** The clients for one cluster, made from settings. Thread-safe. */
public final class ElasticsearchConnection implements AutoCloseable {
  /** Makes a newer server speak the client's version. */
  static final String JSON_TYPE = "application/vnd.elasticsearch+json; compatible-with=8";

  private static final int CONNECTIONS_PER_HOST = 40;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ElasticsearchSettings settings;
  private final RestClient rest;
  private final ElasticsearchClient client;

  private ElasticsearchConnection(ElasticsearchSettings settings, RestClient rest) {
    this.settings = settings;
    this.rest = rest;
    this.client = new ElasticsearchClient(new RestClientTransport(rest, new JacksonJsonpMapper()));
  }

  /**
   * Makes the clients; nothing is sent yet.
   *
   * @throws IOException when the CA file cannot be read
   */
  public static ElasticsearchConnection open(ElasticsearchSettings settings) throws IOException {
    RestClientBuilder builder =
        RestClient.builder(
            settings.hosts().stream().map(ElasticsearchConnection::host).toArray(HttpHost[]::new));
    String prefix = settings.hosts().get(0).getPath();
    if (prefix != null && prefix.length() > 1) {
      builder.setPathPrefix(prefix);
    }
    Optional<SSLContext> tls = tls(settings);
    builder
        .setCompressionEnabled(settings.isCompressed())
        .setDefaultHeaders(headers(settings))
        .setRequestConfigCallback(
            request ->
                request
                    .setConnectTimeout((int) settings.connectTimeout().toMillis())
                    .setSocketTimeout((int) settings.requestTimeout().toMillis()))
        .setHttpClientConfigCallback(
            http -> {
              tls.ifPresent(http::setSSLContext);
              return http.setMaxConnPerRoute(CONNECTIONS_PER_HOST)
                  .setMaxConnTotal(CONNECTIONS_PER_HOST * settings.hosts().size());
            });
    return new ElasticsearchConnection(settings, builder.build());
  }

  private static HttpHost host(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 9200;
    return new HttpHost(uri.getHost(), port, uri.getScheme());
  }

  private static Header[] headers(ElasticsearchSettings settings) {
    return settings.credentials().header().stream()
        .map(value -> new BasicHeader("Authorization", value))
        .toArray(Header[]::new);
  }

  private static Optional<SSLContext> tls(ElasticsearchSettings settings) throws IOException {
    if (settings.caFingerprint().isPresent()) {
      return Optional.of(
          TransportUtils.sslContextFromCaFingerprint(settings.caFingerprint().get()));
    }
    if (settings.caFile().isEmpty()) {
      return Optional.empty();
    }
    Path file = settings.caFile().get();
    if (!Files.isReadable(file)) {
      throw new IOException("CA file cannot be read: " + file);
    }
    return Optional.of(TransportUtils.sslContextFromHttpCaCrt(file.toFile()));
  }

  /** The typed client. */
  public ElasticsearchClient client() {
    return client;
  }

  /** The settings it was made from. */
  public ElasticsearchSettings settings() {
    return settings;
  }

  /** The names in its namespace. */
  public IndexNames names() {
    return new IndexNames(settings.namespace());
  }

  RestClient rest() {
    return rest;
  }

  /**
   * Asks whether this is an Elasticsearch that can be used.
   *
   * @return its version; empty when the credentials do not allow to ask, which is no fault
   * @throws ElasticsearchUnavailableException with the reason: unreachable, credentials refused,
   *     not Elasticsearch, too old
   */
  public Optional<ServerVersion> check() throws ElasticsearchUnavailableException {
    try {
      Optional<String> number = askRoot();
      if (number.isEmpty()) {
        return Optional.empty();
      }
      ServerVersion version = ServerVersion.parse(number.get());
      if (!version.isSupported()) {
        throw new ElasticsearchUnavailableException(
            "Elasticsearch "
                + version
                + " is too old: "
                + ServerVersion.OLDEST
                + " or newer is"
                + " needed",
            null);
      }
      return Optional.of(version);
    } catch (ElasticsearchUnavailableException e) {
      throw e;
    } catch (IOException e) {
      throw new ElasticsearchUnavailableException(ElasticsearchFault.describe(e, settings), e);
    }
  }

  private Optional<String> askRoot() throws IOException {
    try {
      return Optional.of(get("/").path("version").path("number").asText());
    } catch (ResponseException e) {
      return switch (e.getResponse().getStatusLine().getStatusCode()) {
        case FORBIDDEN -> Optional.empty();
        case BAD_REQUEST, NOT_FOUND, METHOD_NOT_ALLOWED -> askNodes();
        default -> throw e;
      };
    }
  }

  /** A distribution reduced to the core does not answer at its root. */
  private Optional<String> askNodes() throws IOException {
    for (JsonNode node : get("/_nodes/_local?filter_path=nodes.*.version").path("nodes")) {
      return Optional.of(node.path("version").asText());
    }
    throw new ElasticsearchUnavailableException("not an Elasticsearch: " + settings.hosts(), null);
  }

  private JsonNode get(String path) throws IOException {
    Response answer = rest.performRequest(new Request("GET", path));
    if (!"Elasticsearch".equalsIgnoreCase(answer.getHeader("X-Elastic-Product"))) {
      throw new ElasticsearchUnavailableException(
          "not an Elasticsearch (no X-Elastic-Product header): " + settings.hosts(), null);
    }
    try (InputStream body = answer.getEntity().getContent()) {
      return JSON.readTree(body);
    }
  }

  /** Makes all documents of a kind that were acknowledged before the call visible to searches. */
  void refresh(DocumentKind kind) throws IOException {
    ask(
        client ->
            client
                .indices()
                .refresh(
                    r -> r.index(names().of(kind)).ignoreUnavailable(true).allowNoIndices(true)));
  }

  /** Runs a request of the typed client, its failure put into words. */
  <T> T ask(Question<T> question) throws IOException {
    try {
      return question.ask(client);
    } catch (co.elastic.clients.elasticsearch._types.ElasticsearchException e) {
      throw new ElasticsearchUnavailableException(
          "Elasticsearch at "
              + settings.hosts()
              + " answers "
              + e.status()
              + ": "
              + ElasticsearchFault.shorten(String.valueOf(e.getMessage())),
          e);
    } catch (IOException e) {
      throw new ElasticsearchUnavailableException(ElasticsearchFault.describe(e, settings), e);
    }
  }

  /** A request of the typed client. */
  @FunctionalInterface
  interface Question<T> {
    /** Sends it. */
    T ask(ElasticsearchClient client) throws IOException;
  }

  @Override
  public void close() throws IOException {
    rest.close();
  }

  /** For messages: the hosts, nothing secret. */
  @Override
  public String toString() {
    return List.copyOf(settings.hosts()).toString();
  }
}
