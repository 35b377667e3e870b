package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.config.SensorConfig;
import dev.forensics.indexer.evidence.CaptureFinder;
import dev.forensics.indexer.evidence.CopyCounts;
import dev.forensics.indexer.evidence.EvidenceFolder;
import dev.forensics.indexer.evidence.PacketExport;
import dev.forensics.indexer.evidence.StoredPackets;
import dev.forensics.indexer.index.ElasticsearchConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The packets of flows and alarms as a pcapng. */
@Command(
    name = "pcap",
    description = {
      "Writes the packets of alarms or flows to a pcapng, in order of time, each once, with the ids",
      "in comments. An alarm stands for its whole flow, in all captures and segments."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Packets come from the evidence folder, else from the captures: where they were read, or",
      "renamed, moved or compressed somewhere in the sensors' folders or in those of --captures.",
      "A packet is taken when its addresses, ports and time are the flow's; what stands there",
      "otherwise counts as gone.",
      "Exit codes: 0 all packets; 1 some are gone or an id is unknown; 2 no id is known."
    })
final class PcapCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "ID", description = "event.id of alarms or flows.")
  private List<String> ids;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "File to write; - for standard output.")
  private String output;

  @Option(
      names = "--captures",
      paramLabel = "DIR",
      description = "A folder to look for captures in, besides the sensors'. Repeatable.")
  private List<Path> captures = new ArrayList<>();

  @Mixin private ConfigOptions options;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = options.load();
    try (ElasticsearchConnection connection =
        ElasticsearchConnection.open(options.elasticsearch(config))) {
      List<Path> folders =
          Stream.concat(captures.stream(), config.sensors().stream().map(SensorConfig::captures))
              .distinct()
              .toList();
      StoredPackets stored =
          StoredPackets.of(
              new EvidenceFolder(config.evidence().folder()),
              connection,
              CaptureFinder.of(connection, folders));
      return export(stored);
    }
  }

  private int export(StoredPackets stored) throws IOException {
    List<String> unknown = new ArrayList<>();
    PacketExport.Packets found = stored.findAll(ids, unknown);
    if (unknown.size() == ids.size()) {
      throw new IllegalArgumentException(
          "no alarm or flow has the id " + String.join(", ", unknown));
    }
    unknown.forEach(id -> System.err.println("no alarm or flow has the id " + id));
    if (found.areGone()) {
      System.err.println("the captures with the packets are gone, and no evidence was kept");
      return ExitCode.CAPTURE_FAILED;
    }
    CopyCounts counts = PcapOutput.of(output).write(found);
    System.err.println(counts.packets() + " packets written to " + PlainText.line(output));
    if (counts.missing() > 0) {
      System.err.println(counts.missing() + " packets cannot be had any more");
    }
    found.doubt().map(PlainText::lines).ifPresent(System.err::println);
    boolean isWhole = counts.missing() == 0 && unknown.isEmpty() && found.doubt().isEmpty();
    return isWhole ? ExitCode.DONE : ExitCode.CAPTURE_FAILED;
  }
}
