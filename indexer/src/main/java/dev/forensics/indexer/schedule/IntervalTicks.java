package dev.forensics.indexer.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ticks sensors at intervals of elapsed time, each from a thread of its own: a wall clock that is
 * set neither stops nor hurries them. A tick that takes longer than its interval is followed by one
 * at once, not by all that were missed.
 */
final class IntervalTicks implements AutoCloseable {
  private final Sensors sensors;
  private final Map<String, Duration> intervals = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();

  IntervalTicks(Sensors sensors) {
    this.sensors = sensors;
  }

  /** Adds a sensor; before {@link #start}. */
  void add(String name, Duration every) {
    intervals.put(name, every);
  }

  /** Begins to tick. */
  void start() {
    intervals.forEach(
        (name, every) -> {
          Thread thread = new Thread(() -> tick(name, every.toNanos()), "sensor-" + name);
          thread.setDaemon(true);
          threads.add(thread);
          thread.start();
        });
  }

  private void tick(String name, long everyNanos) {
    long next = System.nanoTime();
    while (!sensors.areStoppedWithin(next - System.nanoTime())) {
      sensors.fire(name);
      next = next + everyNanos - System.nanoTime() < 0 ? System.nanoTime() : next + everyNanos;
    }
  }

  /** Waits for the ticks under way; {@link Sensors#stop} was called before. */
  @Override
  public void close() {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
