package dev.forensics.indexer.index.embedded;

import co.elastic.clients.transport.TransportUtils;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/** Asks a starting node whether it is ready. */
final class NodeProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int HTTP_OK = 200;

  private final NodeFolder folder;
  private final Optional<EmbeddedSecurity> security;

  NodeProbe(NodeFolder folder, Optional<EmbeddedSecurity> security) {
    this.folder = folder;
    this.security = security;
  }

  /** Where the node listens, empty until it does. */
  Optional<URI> address() throws IOException {
    if (!Files.exists(folder.httpPorts())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(folder.httpPorts());
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(URI.create((security.isPresent() ? "https://" : "http://") + lines.get(0)));
  }

  /** Whether the node's cluster can take documents. */
  boolean isReady(URI address) {
    try {
      HttpURLConnection connection = connect(address);
      try {
        return connection.getResponseCode() == HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private HttpURLConnection connect(URI address) throws IOException {
    URI health = address.resolve("/_cluster/health?wait_for_status=yellow&timeout=2s");
    HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    if (security.isPresent() && connection instanceof HttpsURLConnection secured) {
      secured.setSSLSocketFactory(
          TransportUtils.sslContextFromHttpCaCrt(folder.certificate().toFile()).getSocketFactory());
      secured.setRequestProperty("Authorization", credentials(security.get().users().get(0)));
    }
    return connection;
  }

  private static String credentials(EmbeddedSecurity.User user) {
    byte[] pair = (user.name() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
