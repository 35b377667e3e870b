package dev.forensics.indexer.index;

import java.io.IOException;

/**
 * The sensor's commit is not the one that was written: what is known of the sensor is out of date.
 */
public final class SensorTakenException extends IOException {
  private static final long serialVersionUID = 1L;

  private SensorTakenException(String message) {
    super(message);
  }

  /** Another indexer has moved the sensor on. */
  static SensorTakenException byAnother(String sensor) {
    return new SensorTakenException(
        "another indexer reads sensor " + sensor + " now: two are configured for it");
  }

  /** Somebody deleted the commit, or the indices are new. */
  static SensorTakenException gone(String sensor) {
    return new SensorTakenException(
        "the commit of sensor " + sensor + " is gone from Elasticsearch: reading begins again");
  }
}
