package dev.forensics.indexer.cli;

import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.config.ConfigException;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.follow.ListingIdentities;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.CaptureLedger;
import dev.forensics.indexer.index.DocumentSink;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.index.ElasticsearchUnavailableException;
import dev.forensics.indexer.index.Sinks;
import dev.forensics.indexer.pipeline.Ingest;
import dev.forensics.indexer.pipeline.IngestReport;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.service.Assemblies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads captures once. */
@Command(
    name = "ingest",
    description = "Reads capture files or folders once, in order of their first packet's time.",
    mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
  private static final Duration GIVE_UP = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Capture files or folders.")
  private List<Path> paths;

  @Option(
      names = "--to",
      paramLabel = "SINK",
      defaultValue = "elasticsearch",
      description = "elasticsearch, ndjson:DIR or none. Default: ${DEFAULT-VALUE}.")
  private String sink;

  @Option(
      names = "--sensor",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Name of the sensor the captures are from. Default: ${DEFAULT-VALUE}.")
  private String sensor;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that track flows, beside the one that reads. Default: 1.")
  private int workers;

  @Option(
      names = "--tunnel-port",
      paramLabel = "TUNNEL=PORT",
      description = {
        "A UDP port on which tunnels stand, beside the well-known ones and those of the",
        "configuration, such as vxlan=14789; may be given several times."
      })
  private List<String> tunnelPorts = List.of();

  @Option(names = "--json", description = "The summary as JSON.")
  private boolean json;

  @Mixin private ConfigOptions options;

  @Mixin private PayloadOption payload;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = configuration();
    CaptureListing listing = CaptureListing.of(paths);
    SensorAssembly assembly = Assemblies.oneShot(config, sensor, workers);
    IngestReport report;
    if (sink.equals("none")) {
      report = run(new Ingest(assembly, null), listing);
    } else {
      ElasticsearchSettings elasticsearch = elasticsearch(config);
      if (sink.equals("elasticsearch")) {
        listing = known(listing, elasticsearch);
      }
      try (DocumentSink documents = Sinks.open(sink, elasticsearch)) {
        report = run(new Ingest(assembly, documents), listing);
      }
    }
    Summary.print(report, json, System.out);
    return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.CAPTURE_FAILED;
  }

  private IndexerConfig configuration() throws ConfigException, IOException {
    IndexerConfig config = options.load();
    TunnelPorts ports = config.tunnelPorts();
    for (String given : tunnelPorts) {
      ports = with(ports, given);
    }
    return payload.in(config.withTunnelPorts(ports));
  }

  private TunnelPorts with(TunnelPorts ports, String given) {
    try {
      return ports.with(given.replaceFirst("=", "/"));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--tunnel-port " + given + ": " + e.getMessage());
    }
  }

  private ElasticsearchSettings elasticsearch(IndexerConfig config) {
    ElasticsearchSettings settings = options.elasticsearch(config);
    BulkSettings bulk = settings.bulk();
    return settings.withBulk(bulk.withGiveUpAfter(GIVE_UP));
  }

  /** A capture that begins as one of an earlier run and goes on otherwise is another one. */
  private CaptureListing known(CaptureListing listing, ElasticsearchSettings settings)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    try (ElasticsearchConnection connection = ElasticsearchConnection.open(settings)) {
      CaptureLedger ledger = new CaptureLedger(connection);
      while (true) {
        try {
          return ListingIdentities.resolve(listing, sensor, ledger);
        } catch (ElasticsearchUnavailableException e) {
          if (System.nanoTime() >= end) {
            throw e;
          }
          Thread.sleep(PAUSE.toMillis());
        }
      }
    }
  }

  private static IngestReport run(Ingest ingest, CaptureListing listing) throws Exception {
    Progress progress = Progress.of(ingest.captures(), listing);
    try {
      return ingest.run(listing);
    } finally {
      progress.close();
    }
  }
}
