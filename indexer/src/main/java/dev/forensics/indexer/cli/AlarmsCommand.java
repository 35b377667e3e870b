package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.config.Units;
import dev.forensics.indexer.index.AlarmQueries;
import dev.forensics.indexer.index.DestinationAlarms;
import dev.forensics.indexer.index.ElasticsearchConnection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The alarms per destination. */
@Command(
    name = "alarms",
    description = "Shows the alarms per destination, from Elasticsearch.",
    mixinStandardHelpOptions = true)
final class AlarmsCommand implements Callable<Integer> {
  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "http-on-https-port",
      description = "Id of the rule, or all. Default: ${DEFAULT-VALUE}.")
  private String rule;

  @Option(names = "--sensor", paramLabel = "NAME", description = "Only this sensor's alarms.")
  private String sensor;

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description = "Only alarms whose packets are younger, such as 7d or 12h. Default: all.")
  private String since;

  @Option(names = "--suppressed", description = "Suppressed alarms, too.")
  private boolean suppressed;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or csv. Default: ${DEFAULT-VALUE}.")
  private AlarmTable.Format format;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Mixin private ConfigOptions options;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = options.load();
    Instant earliest = since == null ? null : Instant.now().minus(Units.duration(since));
    AlarmQueries.Filter filter =
        new AlarmQueries.Filter(rule.equals("all") ? null : rule, sensor, earliest, suppressed);
    try (ElasticsearchConnection connection =
        ElasticsearchConnection.open(options.elasticsearch(config))) {
      List<DestinationAlarms> rows = new AlarmQueries(connection).perDestination(filter);
      AlarmTable.print(rows, json ? AlarmTable.Format.JSON : format, System.out);
      if (rows.isEmpty()) {
        System.err.println("No alarms of " + rule + ".");
      }
    }
    return ExitCode.DONE;
  }
}
