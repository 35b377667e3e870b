package dev.forensics.indexer.serve;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts off readers that take less than {@value #BUFFER_BYTES} bytes within the patience there is
 * for them: each keeps a turn and open captures, and a paused download would keep them for ever.
 */
final class StalledReaders implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LOOKS = 4;

  private final long patienceNanos;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private final long everyMillis;
  private final Thread watch;

  /** Looks after readers from a thread of its own. */
  StalledReaders(Duration patience) {
    patienceNanos = patience.toNanos();
    everyMillis = Math.max(1, patience.toMillis() / LOOKS);
    watch = new Thread(this::lookAgainAndAgain, "http-stalled-readers");
    watch.setDaemon(true);
    watch.start();
  }

  /** Writes an answer's body. */
  @FunctionalInterface
  interface Body {
    /** Called once. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Sends a body and closes the stream, that only when the body is complete: what is cut off must
   * not look like a whole file.
   *
   * @throws IOException also when the reader was cut off
   */
  void send(OutputStream out, Body body) throws IOException {
    Reader reader = new Reader(out);
    readers.add(reader);
    try {
      OutputStream buffered = new BufferedOutputStream(reader, BUFFER_BYTES);
      body.writeTo(buffered);
      buffered.close();
    } finally {
      readers.remove(reader);
    }
  }

  private void lookAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(everyMillis);
        long now = System.nanoTime();
        readers.forEach(reader -> reader.cutIfStalled(now, patienceNanos));
      }
    } catch (InterruptedException e) {
      // The endpoint is closed.
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }

  /** A connection, and since when who writes to it waits. */
  private static final class Reader extends FilterOutputStream {
    private Thread waiting;
    private long sinceNanos;

    Reader(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      begin();
      try {
        out.write(bytes, offset, length);
      } finally {
        end();
      }
    }

    /** Flushes as well, as the end of a body needs it. */
    @Override
    public void close() throws IOException {
      begin();
      try {
        out.close();
      } finally {
        end();
      }
    }

    private synchronized void begin() {
      sinceNanos = System.nanoTime();
      waiting = Thread.currentThread();
    }

    private synchronized void end() {
      waiting = null;
    }

    /** An interrupt closes the connection under whoever writes to it. */
    private synchronized void cutIfStalled(long now, long patienceNanos) {
      if (waiting != null && now - sinceNanos > patienceNanos) {
        waiting.interrupt();
      }
    }
  }
}
