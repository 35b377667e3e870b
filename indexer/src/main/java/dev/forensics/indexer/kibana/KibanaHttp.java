package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Requests to Kibana, and its refusals put into words. */
final class KibanaHttp {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");
  private static final int OLDEST_MAJOR = 8;
  private static final int OLDEST_MINOR = 12;
  private static final int OK = 200;
  private static final int LONGEST_REASON = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KibanaSettings settings;
  private final HttpClient client;

  private KibanaHttp(KibanaSettings settings, HttpClient client) {
    this.settings = settings;
    this.client = client;
  }

  static KibanaHttp open(KibanaSettings settings) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if (settings.caFile().isPresent()) {
      builder.sslContext(trusting(settings.caFile().get()));
    }
    return new KibanaHttp(settings, builder.build());
  }

  private static SSLContext trusting(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("CA file cannot be read: " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("CA file has no usable certificate: " + file, e);
    }
  }

  /** The body of the answer to a POST. */
  String post(String path, String contentType, BodyPublisher body)
      throws IOException, InterruptedException {
    // Kibana refuses a POST without the kbn-xsrf header, whatever its value.
    HttpRequest request =
        request(path)
            .header("kbn-xsrf", "forensics-indexer")
            .header("Content-Type", contentType)
            .POST(body)
            .build();
    return answer(request);
  }

  /**
   * Fails when Kibana says that it is older than the pack's format; one that is silent may pass.
   */
  void requireSupportedVersion() throws IOException, InterruptedException {
    String status = answer(request("/api/status").GET().build());
    String number = parse(status).path("version").path("number").asText("");
    Matcher version = VERSION.matcher(number);
    if (!version.matches()) {
      return;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    if (major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR)) {
      throw new IOException(
          "Kibana " + number + " is too old: 8.12 or newer is needed (" + settings.url() + ")");
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(settings.resolve(path)).timeout(settings.timeout());
    settings.credentials().header().ifPresent(value -> builder.header("Authorization", value));
    return builder;
  }

  private String answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (HttpTimeoutException e) {
      throw new IOException(
          "Kibana at " + settings.url() + " did not answer within " + settings.timeout(), e);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException("Kibana at " + settings.url() + " cannot be reached: " + why, e);
    }
    if (response.statusCode() != OK) {
      throw new IOException(refusal(response));
    }
    return response.body();
  }

  private String refusal(HttpResponse<String> response) {
    String who = "Kibana at " + settings.url();
    return switch (response.statusCode()) {
      case 401 ->
          who + " refuses the credentials (" + settings.credentials() + "): " + reason(response);
      case 403 ->
          who
              + " does not allow this to "
              + settings.credentials()
              + "; needed: all of Saved Objects Management in the space. "
              + reason(response);
      case 404 ->
          who + settings.space().map(id -> ", space " + id).orElse("") + ": " + reason(response);
      case 503 -> who + " is not ready yet; try again in a minute. " + reason(response);
      default -> who + " answers " + response.statusCode() + ": " + reason(response);
    };
  }

  private static String reason(HttpResponse<String> response) {
    String message = parse(response.body()).path("message").asText(response.body());
    return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON);
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
