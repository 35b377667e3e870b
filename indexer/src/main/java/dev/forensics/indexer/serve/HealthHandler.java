package dev.forensics.indexer.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.function.Supplier;

/** {@code GET /health}: 200 when ready, else 503, and the reasons as JSON either way. */
final class HealthHandler implements HttpEndpoint.Handler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Health> health;

  HealthHandler(Supplier<Health> health) {
    this.health = health;
  }

  @Override
  public void answer(HttpExchange exchange) throws IOException {
    Health now = health.get();
    int status = now.live() && now.ready() ? 200 : 503;
    Answers.bytes(exchange, status, "application/json", JSON.writeValueAsBytes(now));
  }
}
