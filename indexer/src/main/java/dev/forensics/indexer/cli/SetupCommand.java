package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.IndexSetup;
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
      new IndexSetup(connection, config.retention()).install().forEach(System.out::println);
    }
    return ExitCode.DONE;
  }
}
