package dev.forensics.indexer.cli;

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
    subcommands = {
      DemoCommand.class,
      IngestCommand.class,
      RunCommand.class,
      CaptureCommand.class,
      ElasticsearchCommand.class,
      AlarmsCommand.class,
      PcapCommand.class,
      SetupCommand.class,
      RulesCommand.class,
      ExplainCommand.class,
      KibanaCommand.class,
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 a capture failed (named, the others done); 2 usage or configuration;",
      "3 Elasticsearch unreachable or documents undelivered (nothing lost: kept for the next run)."
    })
public final class IndexerMain implements Runnable {
  @Spec private CommandSpec spec;

  private IndexerMain() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with its treatment of failures; also used by tests. */
  public static CommandLine commandLine() {
    return new CommandLine(new IndexerMain())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
