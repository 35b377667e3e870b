package dev.forensics.indexer.index;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.elasticsearch.client.ResponseException;

/** Waits for what comes about soon. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int POLL_MILLIS = 50;
  private static final int UNAVAILABLE = 503;

  private Await() {}

  /** Waits until a condition holds; fails after two minutes. */
  public static void until(Callable<Boolean> condition, String what) throws Exception {
    answer(() -> condition.call() ? Optional.of(true) : Optional.empty(), what);
  }

  /**
   * Waits for an answer; fails after two minutes. Elasticsearch's 503 is none: so it answers about
   * an index that was made a moment ago.
   */
  public static <T> T answer(Callable<Optional<T>> question, String what) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> answer = ask(question);
      if (answer.isPresent()) {
        return answer.get();
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new AssertionError("waited in vain for " + what);
  }

  private static <T> Optional<T> ask(Callable<Optional<T>> question) throws Exception {
    try {
      return question.call();
    } catch (IOException e) {
      if (isUnavailable(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isUnavailable(Throwable problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      if (t instanceof ResponseException answer) {
        return answer.getResponse().getStatusLine().getStatusCode() == UNAVAILABLE;
      }
    }
    return false;
  }
}
