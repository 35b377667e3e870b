package dev.forensics.indexer.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.forensics.indexer.evidence.PacketExport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's HTTP endpoint: {@code GET /health}, {@code /metrics} and {@code /pcap/ID}, or HEAD.
 * A few requests for packets are answered at a time, the others wait for a while; however many
 * there are and however slow their readers, health and metrics are answered at once.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  /** Requests at a time; those for packets are bounded further, so that /health never waits. */
  private static final int THREADS = 72;

  private static final Set<String> METHODS = Set.of("GET", Answers.HEAD);
  private static final int STOP_SECONDS = 2;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final StalledReaders readers;

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
    try {
      server = HttpServer.create(settings.bind(), 0);
    } catch (IOException e) {
      throw new IOException(
          "http.bind: cannot listen on " + settings.bind() + ": " + e.getMessage(), e);
    }
    threads = threads();
    server.setExecutor(threads);
    HostCheck hosts = new HostCheck(settings);
    server.createContext("/health", guarded(hosts, new HealthHandler(health)));
    server.createContext("/metrics", guarded(hosts, new MetricsHandler(metrics)));
    readers = new StalledReaders(settings.patience());
    PcapHandler pcap = new PcapHandler(settings.token(), packets, readers);
    server.createContext("/pcap/", guarded(hosts, pcap));
    server.createContext("/", guarded(hosts, x -> Answers.text(x, 404, "no such page\n")));
    server.start();
  }

  /** Where it listens, with the port that was chosen. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    // The server waits all of the time it is given, even for nobody.
    server.stop(threads.getActiveCount() == 0 ? 0 : STOP_SECONDS);
    threads.shutdownNow();
    readers.close();
  }

  /** What a handler may throw besides failing to answer. */
  @FunctionalInterface
  interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  private static com.sun.net.httpserver.HttpHandler guarded(HostCheck hosts, Handler handler) {
    return exchange -> {
      try {
        if (!METHODS.contains(exchange.getRequestMethod())) {
          exchange.getResponseHeaders().set("Allow", "GET, HEAD");
          Answers.text(exchange, 405, "GET and HEAD only\n");
        } else if (!hosts.allows(exchange)) {
          Answers.text(exchange, 421, "this name is not served here\n");
        } else {
          handler.answer(exchange);
        }
        exchange.close();
      } catch (IOException | RuntimeException e) {
        // Thrown on, the server cuts the connection, and the client knows that the answer is not
        // complete; closing the exchange would end it properly.
        LOG.debug("request {} was not answered", exchange.getRequestURI().getPath(), e);
        throw e;
      }
    };
  }

  private static ThreadPoolExecutor threads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        THREADS,
        1,
        TimeUnit.MINUTES,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "http-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
