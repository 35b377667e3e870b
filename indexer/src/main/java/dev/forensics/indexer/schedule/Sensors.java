package dev.forensics.indexer.schedule;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sensors of this node by name. A failing tick is told once, not at every tick. */
final class Sensors {
  private static final Logger LOG = LoggerFactory.getLogger(Sensors.class);

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile BooleanSupplier mayGoOn = () -> true;

  /** A sensor with its last failure; touched by one thread at a time. */
  private static final class Entry {
    final SensorTick tick;
    final Duration tenure;
    final Duration pause;
    volatile String failure;
    private boolean firing;
    private boolean held;

    Entry(SensorTick tick, Duration tenure, Duration pause) {
      this.tick = tick;
      this.tenure = tenure;
      this.pause = pause;
    }

    synchronized void begin() {
      firing = true;
      held = true;
    }

    synchronized void end() {
      firing = false;
    }

    synchronized void release() {
      if (held && !firing) {
        tick.release();
        held = false;
      }
    }
  }

  /**
   * @param tenure how long one firing keeps the sensor, ticking on; zero for a single tick
   * @param pause between the ticks of a tenure
   */
  void add(String name, SensorTick tick, Duration tenure, Duration pause) {
    entries.put(name, new Entry(tick, tenure, pause));
  }

  Set<String> names() {
    return entries.keySet();
  }

  /** Ticks the sensor, once or for its tenure. Never throws: the next firing tries again. */
  void fire(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      return; // a sensor of another node's configuration
    }
    entry.begin();
    try {
      long begun = System.nanoTime();
      do {
        tick(name, entry);
      } while (System.nanoTime() - begun < entry.tenure.toNanos() && pause(entry.pause));
    } finally {
      entry.end();
    }
  }

  /** Tenures end when this no longer holds. */
  void goOnWhile(BooleanSupplier condition) {
    mayGoOn = condition;
  }

  /** Lets the tenures end after their current tick. */
  void stop() {
    stopping.countDown();
  }

  void release() {
    entries.values().forEach(Entry::release);
  }

  /** Other nodes read these: lets go of them, unless this one reads them, too. */
  void releaseThose(Set<String> names) {
    for (String name : names) {
      Entry entry = entries.get(name);
      if (entry != null) {
        entry.release();
      }
    }
  }

  private static void tick(String name, Entry entry) {
    try {
      entry.tick.tick();
      if (entry.failure != null) {
        LOG.info("sensor={} goes on after: {}", name, entry.failure);
        entry.failure = null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      endOnError(e);
      tell(name, entry, e);
    } catch (Error e) {
      endOnError(e);
      throw e;
    }
  }

  /**
   * An error of the virtual machine is nothing that the next tick mends, in whichever thread it
   * happened: the process's handler of such faults hears of it, which Quartz would not tell.
   */
  private static void endOnError(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
        return;
      }
    }
  }

  private static void tell(String name, Entry entry, Exception e) {
    String failure = String.valueOf(e.getMessage());
    if (!failure.equals(entry.failure)) {
      LOG.warn("sensor={} tick failed, tried again: {}", name, failure);
      LOG.debug("sensor={} tick failed", name, e);
    }
    entry.failure = failure;
  }

  /** Returns false when the tenure is to end. */
  private boolean pause(Duration pause) {
    return !areStoppedWithin(pause.toNanos()) && mayGoOn.getAsBoolean();
  }

  /**
   * Waits for a while, or until the sensors are to stop.
   *
   * @param nanos time that passes, whatever the wall clock says
   * @return true when they are to stop
   */
  boolean areStoppedWithin(long nanos) {
    try {
      return stopping.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
