package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.index.SetupReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Installs what the documents need in Elasticsearch. */
@Command(
    name = "setup",
    description = "Installs or upgrades the templates in Elasticsearch; safe to repeat.",
    mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = options.load();
    try (ElasticsearchConnection connection =
        ElasticsearchConnection.open(options.elasticsearch(config))) {
      connection.check();
      print(install(connection, config));
    }
    return ExitCode.DONE;
  }

  /** Installs with the configuration's retention. */
  static SetupReport install(ElasticsearchConnection connection, IndexerConfig config)
      throws java.io.IOException {
    String days = Math.max(1, config.retention().toDays()) + "d";
    return IndexSetup.install(connection, new Retention(days, days));
  }

  private static void print(SetupReport report) {
    report.written().forEach(name -> System.out.println("installed   " + name));
    report.unchanged().forEach(name -> System.out.println("unchanged   " + name));
    report.newer().forEach(name -> System.out.println("left, newer " + name));
    report.rolledOver().forEach(name -> System.out.println("rolled over " + name));
    report.notes().forEach(System.err::println);
  }
}
