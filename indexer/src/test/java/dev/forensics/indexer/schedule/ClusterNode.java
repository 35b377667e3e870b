package dev.forensics.indexer.schedule;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * One indexer of several, as a process that can be killed. Its ticks lock a file of the sensor (the
 * system lets go of it when the process dies), and tell who ticked: lines of nanoseconds, sensor
 * and node in a file of the node. Arguments: URL, node, check-in and tenure in milliseconds,
 * folder.
 */
public final class ClusterNode {
  /** The sensors that all nodes share. */
  static final int SENSORS = 4;

  /** Written when two tick one sensor at once. */
  static final String OVERLAPS = "overlaps";

  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int TICK_MILLIS = 20;

  private ClusterNode() {}

  /** Runs until the process is ended; SIGTERM ends it cleanly. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String node = arguments[1];
    Duration checkIn = Duration.ofMillis(Long.parseLong(arguments[2]));
    Duration tenure = Duration.ofMillis(Long.parseLong(arguments[3]));
    Path folder = Path.of(arguments[4]);
    SchedulerStore store = new SchedulerStore(arguments[0], PostgresqlServer.USER, null, checkIn);
    SensorScheduler scheduler = new SensorScheduler(store, node, SENSORS, tenure);
    for (int i = 0; i < SENSORS; i++) {
      String sensor = "sensor-" + i;
      scheduler.add(sensor, Timing.every(EVERY), ticking(sensor, node, folder));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(scheduler)));
    scheduler.start();
    System.err.println("started");
    new CountDownLatch(1).await();
  }

  private static void close(SensorScheduler scheduler) {
    try {
      scheduler.close();
      System.err.println("closed");
    } catch (IOException e) {
      System.err.println("did not close: " + e);
    }
  }

  private static SensorTick ticking(String sensor, String node, Path folder) {
    return new SensorTick() {
      @Override
      public void tick() throws IOException, InterruptedException {
        try (FileChannel file = open(folder.resolve(sensor + ".lock"));
            FileLock lock = file.tryLock()) {
          if (lock == null) {
            append(folder.resolve(OVERLAPS), sensor + " " + node);
          }
          append(folder.resolve(node + ".ticks"), System.nanoTime() + " " + sensor + " " + node);
          Thread.sleep(TICK_MILLIS);
        }
      }

      @Override
      public void release() {
        System.err.println("released " + sensor);
      }
    };
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
