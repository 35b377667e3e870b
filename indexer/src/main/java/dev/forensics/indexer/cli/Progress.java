package dev.forensics.indexer.cli;

import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.pipeline.CaptureProgress;
import dev.forensics.indexer.pipeline.SensorCaptures;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line on the terminal that tells how far a run is; nothing when standard error is no terminal. */
final class Progress implements AutoCloseable {
  private static final int MILLIS = 500;
  private static final String ERASE = "\r\u001b[K";

  private final ScheduledExecutorService timer;
  private final SensorCaptures captures;
  private final int total;

  private Progress(SensorCaptures captures, int total, ScheduledExecutorService timer) {
    this.captures = captures;
    this.total = total;
    this.timer = timer;
  }

  static Progress of(SensorCaptures captures, CaptureListing listing) {
    boolean terminal = System.console() != null && System.getenv("TERM") != null;
    if (!terminal) {
      return new Progress(captures, 0, null);
    }
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "progress");
              thread.setDaemon(true);
              return thread;
            });
    Progress progress = new Progress(captures, listing.ready().size(), timer);
    timer.scheduleAtFixedRate(progress::show, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    return progress;
  }

  private void show() {
    long packets = 0;
    long alarms = 0;
    long begun = 0;
    for (CaptureProgress one : captures.all()) {
      packets += one.packets();
      alarms += one.alarms();
      begun += one.packets() > 0 ? 1 : 0;
    }
    System.err.printf(
        ERASE + "capture %d of %d, %,d packets, %,d alarms", begun, total, packets, alarms);
    System.err.flush();
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
      System.err.print(ERASE);
    }
  }
}
