package dev.forensics.indexer.cli;

import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.pipeline.CaptureProgress;
import dev.forensics.indexer.pipeline.SensorCaptures;

/**
 * A line on the terminal that tells how far a run is; nothing when standard error is no terminal.
 */
final class Progress implements AutoCloseable {
  private static final int MILLIS = 500;
  private static final String ERASE = "\r\u001b[K";

  private final SensorCaptures captures;
  private final int total;
  private final Thread timer = new Thread(this::run, "progress");

  private Progress(SensorCaptures captures, int total) {
    this.captures = captures;
    this.total = total;
    timer.setDaemon(true);
  }

  /** Begins to tell; the launcher says by a property whether standard error is a terminal. */
  static Progress of(SensorCaptures captures, CaptureListing listing) {
    Progress progress = new Progress(captures, listing.ready().size());
    if (Boolean.getBoolean("forensics.terminal")) {
      progress.timer.start();
    }
    return progress;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(MILLIS);
        show();
      }
    } catch (InterruptedException e) {
      System.err.print(ERASE);
    }
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
    timer.interrupt();
  }
}
