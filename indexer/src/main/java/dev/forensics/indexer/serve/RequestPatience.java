package dev.forensics.indexer.serve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections whose next request is not complete within a while: those that send nothing,
 * garbage, a TLS hello, or a header octet by octet. One whose request is being answered is left
 * alone.
 */
final class RequestPatience implements Connection.Listener, AutoCloseable {
  private static final int LOOKS = 4;

  /** In place of a time: its request is being answered. */
  private static final long ANSWERING = Long.MAX_VALUE;

  /** Since when a connection's next request has been waited for, by the clock of nanoTime. */
  private final Map<Connection, Long> waits = new ConcurrentHashMap<>();

  private final long patienceNanos;
  private final Thread watch;

  /** Looks after connections from a thread of its own. */
  RequestPatience(Duration patience) {
    patienceNanos = patience.toNanos();
    watch = new Thread(() -> lookAgainAndAgain(Math.max(1, patience.toMillis() / LOOKS)));
    watch.setName("http-half-sent-requests");
    watch.setDaemon(true);
    watch.start();
  }

  @Override
  public void onOpened(Connection connection) {
    waits.put(connection, System.nanoTime());
  }

  @Override
  public void onClosed(Connection connection) {
    waits.remove(connection);
  }

  /** The connection's request is whole. */
  void answering(Connection connection) {
    waits.replace(connection, ANSWERING);
  }

  /** The connection's request is answered, the next one may come. */
  void answered(Connection connection) {
    waits.replace(connection, System.nanoTime());
  }

  private void lookAgainAndAgain(long everyMillis) {
    try {
      while (true) {
        Thread.sleep(everyMillis);
        long now = System.nanoTime();
        waits.forEach((connection, since) -> look(connection, since, now));
      }
    } catch (InterruptedException e) {
      // The endpoint is closed.
    }
  }

  private void look(Connection connection, long since, long now) {
    if (since != ANSWERING && now - since > patienceNanos) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
