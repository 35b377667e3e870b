package dev.forensics.indexer.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: every command hangs below this one; the only place that ends the process. */
@Command(
    name = "forensics",
    description = "Rotating captures to flows and verdicts in Elasticsearch.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done; 1 a capture failed (named, the others done); 2 usage or configuration;",
      "3 Elasticsearch unreachable or documents undelivered (nothing lost: kept for the next run),",
      "or out of memory; 4 a fault of the program ended it."
    })
public final class IndexerMain implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          IngestCommand.class,
          RunCommand.class,
          CaptureCommand.class,
          ElasticsearchCommand.class,
          AlarmsCommand.class,
          PcapCommand.class,
          EvidenceCommand.class,
          SetupCommand.class,
          RulesCommand.class,
          ExplainCommand.class,
          KibanaCommand.class);

  @Spec private CommandSpec spec;

  private IndexerMain() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /**
   * Runs the command that the arguments name; also used by tests.
   *
   * @return the exit code
   */
  public static int execute(String... arguments) {
    return commandLine(arguments).execute(arguments);
  }

  /**
   * Where the first argument names a command, only that one is made: making all of them costs a
   * tenth of a second at every start.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new IndexerMain());
    List<Class<?>> named = COMMANDS.stream().filter(c -> isNamed(c, arguments)).toList();
    (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
    return line.setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  private static boolean isNamed(Class<?> command, String... arguments) {
    return arguments.length > 0 && command.getAnnotation(Command.class).name().equals(arguments[0]);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
