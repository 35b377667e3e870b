package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;

/** Puts a failed request into words for the person who runs the program. */
final class ElasticsearchFault {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int LONGEST_REASON = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ElasticsearchFault() {}

  /** One sentence. */
  static String describe(IOException fault, ElasticsearchSettings settings) {
    if (fault instanceof ResponseException answer) {
      return describeAnswer(answer.getResponse(), settings);
    }
    String hosts = "Elasticsearch at " + settings.hosts();
    if (has(fault, UnknownHostException.class)) {
      return hosts + ": host name unknown";
    }
    if (has(fault, CertificateExpiredException.class)) {
      return hosts + ": its certificate has expired, put a new one there";
    }
    if (has(fault, CertificateNotYetValidException.class)) {
      return hosts + ": its certificate is not valid yet, look at the clocks";
    }
    if (has(fault, SSLException.class)) {
      return hosts + ": TLS failed, set the CA file or fingerprint (" + fault.getMessage() + ")";
    }
    if (has(fault, SocketTimeoutException.class)) {
      return hosts + " did not answer in time"; // the connection's number would make it news
    }
    if (has(fault, ConnectException.class)) {
      return hosts + " is not reachable: connection refused";
    }
    if (has(fault, ConnectionClosedException.class)) {
      return hosts + " closed the connection (does it want https?)";
    }
    return hosts + ": " + shorten(String.valueOf(fault.getMessage()));
  }

  /** One sentence about an answer that is not a success. */
  static String describeAnswer(Response answer, ElasticsearchSettings settings) {
    int status = answer.getStatusLine().getStatusCode();
    String hosts = "Elasticsearch at " + settings.hosts();
    return switch (status) {
      case UNAUTHORIZED -> hosts + " refuses the credentials (401, " + settings.credentials() + ")";
      case FORBIDDEN ->
          hosts + " does not allow this (403, " + settings.credentials() + "): " + reason(answer);
      default -> hosts + " answers " + status + ": " + reason(answer);
    };
  }

  private static String reason(Response answer) {
    try {
      if (answer.getEntity() == null) {
        return answer.getStatusLine().getReasonPhrase();
      }
      String body = EntityUtils.toString(answer.getEntity());
      return shorten(fromJson(body));
    } catch (IOException e) {
      return answer.getStatusLine().getReasonPhrase();
    }
  }

  private static String fromJson(String body) {
    try {
      JsonNode error = JSON.readTree(body).path("error");
      String reason = error.path("reason").asText();
      return reason.isEmpty() ? body : error.path("type").asText() + ": " + reason;
    } catch (IOException e) {
      return body;
    }
  }

  /** An answer's text is the server's or a proxy's: bounded, on one line. */
  static String shorten(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }

  private static boolean has(Throwable fault, Class<? extends Throwable> type) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
