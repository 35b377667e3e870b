package dev.forensics.indexer.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** {@code GET /health}: 200 when ready, else 503, and the reasons as JSON either way. */
final class HealthHandler implements Routes.Page {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Health> health;

  HealthHandler(Supplier<Health> health) {
    this.health = health;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    Health now = health.get();
    int status = now.live() && now.ready() ? 200 : 503;
    Answers.bytes(request, response, status, "application/json", JSON.writeValueAsBytes(now));
  }
}
