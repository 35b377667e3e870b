package dev.forensics.indexer.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when one of its threads meets a fault that it cannot handle: a service of which
 * a part is dead must not look alive. Nothing is tidied up, as after a kill, from which the next
 * start recovers.
 */
final class LastWords implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

  private LastWords() {}

  /** From now on, for all threads. */
  static void install() {
    Thread.setDefaultUncaughtExceptionHandler(new LastWords());
  }

  @Override
  public void uncaughtException(Thread thread, Throwable fault) {
    try {
      LOG.error(
          "ends: {} in thread {}; what is not committed is read again at the next start",
          fault,
          thread.getName(),
          fault);
    } finally {
      Runtime.getRuntime().halt(ExitCode.FAULT);
    }
  }
}
