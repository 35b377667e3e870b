package dev.forensics.indexer.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code GET /metrics}: Prometheus' text exposition format 0.0.4. */
final class MetricsHandler implements HttpEndpoint.Handler {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<String> metrics;

  MetricsHandler(Supplier<String> metrics) {
    this.metrics = metrics;
  }

  @Override
  public void answer(HttpExchange exchange) throws IOException {
    Answers.bytes(exchange, 200, TYPE, metrics.get().getBytes(StandardCharsets.UTF_8));
  }
}
