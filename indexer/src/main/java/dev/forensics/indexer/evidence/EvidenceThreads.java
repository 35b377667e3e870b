package dev.forensics.indexer.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A few threads that wait for the disk side by side: a file system makes many files durable in
 * little more time than one. They end by themselves when there is nothing to do.
 */
final class EvidenceThreads {
  private static final int THREADS = 16;
  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> {
            Thread thread = new Thread(work, "evidence");
            thread.setDaemon(true);
            return thread;
          });

  EvidenceThreads() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does something to each, and waits until all are done. */
  <T> void forEach(Collection<T> all, Consumer<T> work) {
    List<Future<?>> parts = new ArrayList<>();
    all.forEach(one -> parts.add(threads.submit(() -> work.accept(one))));
    boolean interrupted = false;
    for (Future<?> part : parts) {
      interrupted |= await(part);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits though interrupted, since half of it cannot be left: true when it was. */
  private static boolean await(Future<?> part) {
    boolean interrupted = false;
    while (true) {
      try {
        part.get();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("evidence could not be made durable", e.getCause());
      }
    }
  }
}
