package dev.forensics.indexer.follow;

import java.io.IOException;

/** A sensor's commit belongs to another host or folder; the message says the ways out. */
public final class SensorForeignException extends IOException {
  private static final long serialVersionUID = 1L;

  SensorForeignException(String sensor, SensorOwner stored, SensorOwner here) {
    super(
        ("sensor %s is read from %s, and here it would be %s: give this sensor a name of its own;"
                + " or, if those captures lie here now, set adopt: \"%s\" for it")
            .formatted(sensor, stored.words(), here.words(), stored.words()));
  }
}
