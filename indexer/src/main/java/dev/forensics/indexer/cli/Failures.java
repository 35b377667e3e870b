package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.ConfigException;
import dev.forensics.indexer.detect.user.DefinitionException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a failure in one plain line and chooses the exit code; a stack trace only with
 * FORENSICS_DEBUG.
 */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (System.getenv("FORENSICS_DEBUG") != null) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().println("forensics: " + PlainText.lines(message(failure)));
    command.getErr().flush();
    return exitCode(failure);
  }

  private static String message(Exception failure) {
    boolean plain =
        failure instanceof IOException
            || failure instanceof ConfigException
            || failure instanceof IllegalArgumentException;
    return plain && failure.getMessage() != null ? failure.getMessage() : failure.toString();
  }

  private static int exitCode(Exception failure) {
    if (failure instanceof ConfigException
        || failure instanceof DefinitionException
        || failure instanceof IllegalArgumentException) {
      return ExitCode.USAGE;
    }
    return failure instanceof IOException ? ExitCode.UNDELIVERED : ExitCode.CAPTURE_FAILED;
  }
}
