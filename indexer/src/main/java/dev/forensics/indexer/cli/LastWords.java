package dev.forensics.indexer.cli;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when one of its threads meets a fault that it cannot handle: a service of which
 * a part is dead must not look alive. Nothing is tidied up, as after a kill, from which the next
 * start recovers.
 */
final class LastWords implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

  private final Consumer<Throwable> note;

  private LastWords(Consumer<Throwable> note) {
    this.note = note;
  }

  /**
   * From now on, for all threads.
   *
   * @param note hears of the fault before the process ends
   */
  static void install(Consumer<Throwable> note) {
    Thread.setDefaultUncaughtExceptionHandler(new LastWords(note));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable fault) {
    try {
      note.accept(fault);
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
