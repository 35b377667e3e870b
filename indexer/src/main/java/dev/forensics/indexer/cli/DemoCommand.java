package dev.forensics.indexer.cli;

import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.config.ConfigLoader;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.index.AlarmQueries;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.Sinks;
import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import dev.forensics.indexer.pipeline.Ingest;
import dev.forensics.indexer.pipeline.IngestReport;
import dev.forensics.indexer.service.Assemblies;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The main job on the embedded Elasticsearch, from nothing to a table of alarms. */
@Command(
    name = "demo",
    description = {
      "Starts a real Elasticsearch on loopback, ingests the samples (or PATHs) and prints the",
      "alarms per destination."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String RULE = "http-on-https-port";

  @Parameters(arity = "0..*", paramLabel = "PATH", description = "Captures instead of samples/.")
  private List<Path> paths;

  @Option(names = "--keep", description = "Leaves Elasticsearch running.")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of Elasticsearch on 127.0.0.1. Default: a free one.")
  private int port;

  @Mixin private PayloadOption payload;

  @Override
  public Integer call() throws Exception {
    CaptureListing listing = CaptureListing.of(paths == null ? List.of(samples()) : paths);
    EmbeddedOptions options = EmbeddedOptions.defaults().withPort(port).withKeep(keep);
    System.err.println("Starting Elasticsearch " + EmbeddedElasticsearch.VERSION + "...");
    try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options)) {
      System.err.println("Elasticsearch listens on " + node.url());
      IngestReport report = ingest(node.url(), listing);
      tellHowToGoOn(node.url());
      return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.CAPTURE_FAILED;
    }
  }

  private IngestReport ingest(URI url, CaptureListing listing) throws Exception {
    IndexerConfig config = payload.in(ConfigLoader.defaults(System.getenv()));
    Path deadLetters = Files.createTempDirectory("forensics-demo");
    BulkSettings bulk = BulkSettings.defaults(deadLetters).withGiveUpAfter(Duration.ofSeconds(60));
    ElasticsearchSettings settings = ElasticsearchSettings.of(url, bulk);
    try (ElasticsearchConnection connection = ElasticsearchConnection.open(settings)) {
      SetupCommand.install(connection, config);
      IngestReport report;
      try (DocumentSink sink = Sinks.open("elasticsearch", settings)) {
        report = new Ingest(Assemblies.oneShot(config, "demo", 1), sink).run(listing);
      }
      Summary.print(report, false, System.err);
      show(new AlarmQueries(connection));
      return report;
    } finally {
      removeIfEmpty(deadLetters);
    }
  }

  private static void show(AlarmQueries alarms) throws Exception {
    alarms.refresh();
    System.out.println();
    System.out.println("Plaintext HTTP on the HTTPS port, alarms per destination:");
    System.out.println();
    AlarmTable.print(
        alarms.perDestination(new AlarmQueries.Filter(RULE, null, null, false)),
        AlarmTable.Format.TABLE,
        System.out);
    System.out.println();
  }

  private void tellHowToGoOn(URI url) {
    if (keep) {
      System.err.println("Elasticsearch stays at " + url + ". In Kibana 8.19 (kibana.yml):");
      System.err.println("  elasticsearch.hosts: [\"" + url + "\"]");
      System.err.println("then: forensics kibana import --url http://127.0.0.1:5601");
    } else {
      System.err.println(
          "Done. With --keep Elasticsearch stays, to look at the documents in Kibana.");
    }
  }

  private static Path samples() {
    String home = System.getProperty("forensics.home", ".");
    return Path.of(home, "samples");
  }

  private static void removeIfEmpty(Path folder) throws java.io.IOException {
    try (java.util.stream.Stream<Path> left = Files.list(folder)) {
      if (left.findAny().isPresent()) {
        System.err.println("Refused documents are in " + folder);
        return;
      }
    }
    Files.delete(folder);
  }
}
