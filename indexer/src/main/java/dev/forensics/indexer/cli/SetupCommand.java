package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.IndexSetup;
import dev.forensics.indexer.index.Retention;
import dev.forensics.indexer.index.SetupReport;
import dev.forensics.indexer.kibana.ImportReport;
import dev.forensics.indexer.kibana.KibanaClient;
import dev.forensics.indexer.kibana.KibanaCredentials;
import dev.forensics.indexer.kibana.KibanaSettings;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Installs what the documents need in Elasticsearch. */
@Command(
    name = "setup",
    description = "Installs or upgrades the templates in Elasticsearch; safe to repeat.",
    mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
  @Option(
      names = "--kibana",
      paramLabel = "URL",
      description = "Imports the Kibana objects, too. Credentials: see forensics kibana --help.")
  private URI kibana;

  @Mixin private ConfigOptions options;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = options.load();
    try (ElasticsearchConnection connection =
        ElasticsearchConnection.open(options.elasticsearch(config))) {
      connection.check();
      print(install(connection, config));
    }
    return kibana == null ? ExitCode.DONE : installKibana();
  }

  private int installKibana() throws IOException, InterruptedException {
    KibanaSettings settings =
        KibanaSettings.of(kibana)
            .withCredentials(KibanaCredentials.fromEnvironment(System.getenv()));
    ImportReport report = KibanaClient.install(settings);
    report.faults().forEach(fault -> System.err.println("Kibana refused " + fault));
    System.out.println("installed   " + report.imported() + " Kibana objects");
    return report.isComplete() ? ExitCode.DONE : ExitCode.UNDELIVERED;
  }

  /** Installs with the configuration's retention. */
  static SetupReport install(ElasticsearchConnection connection, IndexerConfig config)
      throws IOException {
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
