package dev.forensics.indexer.serve;

import dev.forensics.indexer.evidence.PacketExport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's HTTP endpoint: {@code GET /health}, {@code /metrics} and {@code /pcap/ID}, or HEAD.
 * A few requests for packets are answered at a time, the others wait for a while; however many
 * there are, however slow their readers, and whatever else is sent, health and metrics are answered
 * at once.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  /** Requests at a time; {@link PcapHandler} keeps fewer, so that /health never waits. */
  private static final int THREADS = PcapHandler.MOST_WAITING + 24;

  /** Further ones wait unaccepted until another one is closed. */
  private static final int CONNECTIONS = 1_000;

  /** Connections that the kernel keeps for us while many arrive at once. */
  private static final int BACKLOG = 1_024;

  private static final int HEADER_BYTES = 16 * 1024;
  private static final int STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;
  private final RequestPatience requests;
  private final Routes routes;

  /**
   * Listens at once.
   *
   * @param settings where and for whom
   * @param health asked at each request
   * @param metrics the text of /metrics, in Prometheus' exposition format
   * @param packets finds the packets of an id
   * @throws IOException when the address is taken
   */
  public HttpEndpoint(
      HttpSettings settings,
      Supplier<Health> health,
      Supplier<String> metrics,
      PacketExport packets)
      throws IOException {
    server = new Server(threads());
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setHost(settings.bind().getAddress().getHostAddress());
    connector.setPort(settings.bind().getPort());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(settings.patience().toMillis());
    requests = new RequestPatience(settings.requestPatience());
    connector.addBean(requests);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    server.setErrorHandler(new PlainErrors());
    routes = new Routes(new HostCheck(settings), requests);
    routes.add("/health", new HealthHandler(health));
    routes.add("/metrics", new MetricsHandler(metrics));
    routes.addBelow("/pcap/", new PcapHandler(settings.token(), packets));
    server.setHandler(routes);
    start(settings.bind());
  }

  private void start(InetSocketAddress bind) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("http.bind: cannot listen on " + bind + ": " + cause.getMessage(), e);
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("http");
    threads.setDaemon(true);
    return threads;
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setUriCompliance(UriCompliance.RFC3986); // PcapHandler looks at the path as it was sent
    return http;
  }

  /** Where it listens, with the port that was chosen. */
  public InetSocketAddress address() {
    try {
      return new InetSocketAddress(
          InetAddress.getByName(connector.getHost()), connector.getLocalPort());
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("the address was bound before", e);
    }
  }

  @Override
  public void close() {
    requests.close();
    // The server waits for connections on which nobody asks, too: it waits for answers only.
    server.setStopTimeout(routes.isAnswering() ? STOP_MILLIS : 0);
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.debug("answers under way were cut off", e);
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP endpoint did not stop", e);
    }
  }
}
