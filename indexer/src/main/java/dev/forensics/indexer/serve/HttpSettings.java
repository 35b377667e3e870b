package dev.forensics.indexer.serve;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where the endpoint listens and whom it serves.
 *
 * @param bind address and port; port 0 for any free one
 * @param token that a request for packets must carry; null when none is needed, which is allowed on
 *     loopback only
 * @param publicUrl how browsers reach the endpoint, without a final slash; part of every packet
 *     link
 * @param patience how long a reader of packets may take nothing before it is cut off
 * @param requestPatience how long a client may take to send a request
 */
public record HttpSettings(
    InetSocketAddress bind,
    String token,
    String publicUrl,
    Duration patience,
    Duration requestPatience) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);

  /** Refuses to serve packets to everybody. */
  public HttpSettings {
    if (bind.isUnresolved()) {
      throw new IllegalArgumentException("http.bind: unknown host " + bind.getHostString());
    }
    if (token == null && !bind.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "http.bind: " + bind + " is not loopback, so http.token_file is needed");
    }
  }

  /** With a minute of patience for readers and ten seconds for requests. */
  public HttpSettings(InetSocketAddress bind, String token, String publicUrl) {
    this(bind, token, publicUrl, PATIENCE, REQUEST_PATIENCE);
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return bind + (token == null ? "" : ", with a token");
  }
}
