package dev.forensics.indexer.serve;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what cannot be answered: a request that is none, one with too many headers (431), a fault
 * of the endpoint (500). Says the status in words and nothing of the inside.
 */
final class PlainErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String text = HttpStatus.getMessage(response.getStatus()) + "\n";
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Answers.describe(response, response.getStatus(), "text/plain; charset=utf-8", body.length);
    boolean isHead = request.getMethod() != null && Answers.isHead(request);
    response.write(true, isHead ? BufferUtil.EMPTY_BUFFER : BufferUtil.toBuffer(body), callback);
    return true;
  }
}
