package dev.forensics.indexer.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** {@code GET /metrics}: Prometheus' text exposition format 0.0.4. */
final class MetricsHandler implements Routes.Page {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<String> metrics;

  MetricsHandler(Supplier<String> metrics) {
    this.metrics = metrics;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    Answers.bytes(request, response, 200, TYPE, metrics.get().getBytes(StandardCharsets.UTF_8));
  }
}
