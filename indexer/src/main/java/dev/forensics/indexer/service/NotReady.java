package dev.forensics.indexer.service;

import java.util.Locale;

/** Why a sensor is not ready, as the metric names it. */
enum NotReady {
  /** Documents wait. */
  ELASTICSEARCH,
  /** The latest tick failed. */
  TICK,
  /** The folder is missing, or looks as if it were not mounted. */
  FOLDER,
  /** Documents that Elasticsearch refused lie in the state folder. */
  DEAD_LETTERS,
  /** A tick shows no sign of life. */
  HANGS;

  /** Value of the label {@code reason}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
