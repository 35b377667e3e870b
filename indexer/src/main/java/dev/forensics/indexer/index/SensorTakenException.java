package dev.forensics.indexer.index;

import java.io.IOException;

/** Another indexer has moved the sensor on: what this one knows of it is out of date. */
public final class SensorTakenException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the sensor. */
  public SensorTakenException(String sensor) {
    super("another indexer reads sensor " + sensor + " now: two are configured for it");
  }
}
