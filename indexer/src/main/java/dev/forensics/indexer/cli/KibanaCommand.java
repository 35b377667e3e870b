package dev.forensics.indexer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The Kibana pack: data views, searches, dashboards. */
@Command(
    name = "kibana",
    description = "Puts data views, searches and dashboards into Kibana, or takes them out again.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KibanaImportCommand.class,
      KibanaExportCommand.class,
      KibanaCheckCommand.class,
    })
final class KibanaCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "import, export or check is missing");
  }
}
