package dev.forensics.indexer.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the page of a request, after its method and host are found to be ones served here. */
final class Routes extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final Set<String> METHODS = Set.of("GET", Answers.HEAD);

  private final HostCheck hosts;
  private final RequestPatience patience;
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<String, Page> below = new LinkedHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();

  /** Answers requests for one path, or for all below it. */
  @FunctionalInterface
  interface Page {
    /**
     * Answers. What is thrown before the answer has begun becomes a 500; after that the connection
     * is cut, so that the client knows that the answer is not complete.
     */
    void answer(Request request, Response response) throws Exception;
  }

  Routes(HostCheck hosts, RequestPatience patience) {
    this.hosts = hosts;
    this.patience = patience;
  }

  /** A page at exactly this path. */
  void add(String path, Page page) {
    pages.put(path, page);
  }

  /** A page for all paths that begin so. */
  void addBelow(String prefix, Page page) {
    below.put(prefix, page);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    request.addIdleTimeoutListener(timeout -> false); // it may wait for its turn
    underWay.incrementAndGet();
    patience.answering(connection);
    try {
      answer(request, response);
      callback.succeeded();
    } catch (Exception e) {
      if (!response.isCommitted()) {
        LOG.warn("GET {} failed", path(request), e);
      } else {
        LOG.debug("GET {} was not answered to the end", path(request), e);
      }
      callback.failed(e);
    } catch (Error e) {
      // Jetty would go on with what is left.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      callback.failed(e);
    } finally {
      patience.answered(connection);
      underWay.decrementAndGet();
    }
    return true;
  }

  /** True while a request is being answered. */
  boolean isAnswering() {
    return underWay.get() > 0;
  }

  private void answer(Request request, Response response) throws Exception {
    if (!METHODS.contains(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Answers.text(request, response, 405, "GET and HEAD only\n");
    } else if (!hosts.allows(request)) {
      Answers.text(request, response, 421, "this name is not served here\n");
    } else {
      page(path(request)).answer(request, response);
    }
  }

  /** As it was sent: nothing is decoded, nothing is taken out. */
  static String path(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  private Page page(String path) {
    Page exact = pages.get(path);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, Page> entry : below.entrySet()) {
      if (path.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    return (request, response) -> Answers.text(request, response, 404, "no such page\n");
  }
}
