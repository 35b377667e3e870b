package dev.forensics.indexer.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Sends log lines to standard error, warnings and worse; standard output is for results. The
 * environment's FORENSICS_LOG names another level for this program's own lines. In code instead of
 * XML, since reading XML takes a fifth of a second at every start.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  /**
   * What they have to say of a database that is away, with stack traces, this program says once.
   */
  private static final List<String> SCHEDULE_LIBRARIES =
      List.of("com.zaxxer.hikari", "org.quartz", "dev.forensics.indexer.schedule.SharedJobStore");

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} " + PlainText.logMessage() + "%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(standardError(context));
    String level = System.getenv("FORENSICS_LOG");
    context.getLogger("dev.forensics").setLevel(Level.toLevel(level, Level.WARN));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Shows what a service tells, too, unless the environment names a level. */
  static void tellMore() {
    if (System.getenv("FORENSICS_LOG") == null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("dev.forensics").setLevel(Level.INFO);
      SCHEDULE_LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }
  }

  private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
