package dev.forensics.indexer.index;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A real HTTP server between a client and the real node, which passes requests on, or does to bulk
 * requests what a test wants of it.
 */
public final class FaultyFront implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final AtomicInteger bulks = new AtomicInteger();
  private volatile Fault fault = (exchange, body, number) -> Fault.PASS;
  private volatile Predicate<HttpExchange> unavailable = exchange -> false;

  /** Listens on a free port before this node. */
  public FaultyFront(URI node) throws IOException {
    this.node = node;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** What happens to a bulk request. */
  @FunctionalInterface
  public interface Fault {
    /** Pass the request on. */
    boolean PASS = true;

    /** True to pass the request on; number counts bulk requests from 1. */
    boolean apply(HttpExchange exchange, byte[] body, int number) throws IOException;
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What happens from now on. */
  public void on(Fault newFault) {
    fault = newFault;
  }

  /** These requests are answered with 503 from now on. */
  public void refuse(Predicate<HttpExchange> requests) {
    unavailable = requests;
  }

  int bulks() {
    return bulks.get();
  }

  /** Answers with a status and a JSON body. */
  public static boolean answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
    return false;
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (unavailable.test(exchange)) {
      answer(exchange, 503, "{}");
      return;
    }
    boolean isBulk = exchange.getRequestURI().getPath().endsWith("/_bulk");
    if (!isBulk || fault.apply(exchange, body, bulks.incrementAndGet())) {
      pass(exchange, body);
    }
  }

  /** Passes a request on and its answer back. */
  void pass(HttpExchange exchange, byte[] body) throws IOException {
    HttpResponse<byte[]> answer = forward(exchange, body);
    answer
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
    exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
    exchange.sendResponseHeaders(
        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  /** Passes a request on and keeps the answer. */
  HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(node.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : new String[] {"Content-Type", "Accept"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
