package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.evidence.EvidenceAudit;
import dev.forensics.indexer.evidence.EvidenceFolder;
import dev.forensics.indexer.index.ElasticsearchConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares stored packets with the documents of their alarms. */
@Command(
    name = "check",
    description = {
      "Reads each file of evidence again and compares it with its alarm: SHA-256, number of packets,",
      "and of each packet the addresses, ports, protocol and time. Nothing is changed."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 nothing is wrong; 1 some files are wrong or unreadable; 3 Elasticsearch cannot",
      "be asked. Remove a wrong file and its .sha256: while the captures have the packets, the next",
      "start of the service stores them again."
    })
final class EvidenceCheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "The evidence folder. Default: the configuration's.")
  private Path folder;

  @Mixin private ConfigOptions options;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = options.load();
    Path root = folder == null ? config.evidence().folder() : folder;
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException("no evidence folder: " + root);
    }
    List<EvidenceAudit.Finding> findings;
    try (ElasticsearchConnection connection =
        ElasticsearchConnection.open(options.elasticsearch(config))) {
      findings = EvidenceAudit.of(new EvidenceFolder(root), connection).run();
    }
    Map<EvidenceAudit.Result, Integer> counts = print(findings);
    boolean isWrong =
        counts.containsKey(EvidenceAudit.Result.WRONG)
            || counts.containsKey(EvidenceAudit.Result.UNREADABLE);
    return isWrong ? ExitCode.CAPTURE_FAILED : ExitCode.DONE;
  }

  private static Map<EvidenceAudit.Result, Integer> print(List<EvidenceAudit.Finding> findings) {
    Map<EvidenceAudit.Result, Integer> counts = new EnumMap<>(EvidenceAudit.Result.class);
    TextTable table = new TextTable("alarm", "result", "packets", "why");
    for (EvidenceAudit.Finding finding : findings) {
      table.row(finding.alarmId(), text(finding.result()), finding.packets(), finding.detail());
      counts.merge(finding.result(), 1, Integer::sum);
    }
    table.print(System.out);
    StringJoiner all = new StringJoiner(", ", findings.size() + " files: ", "");
    counts.forEach((result, count) -> all.add(count + " " + text(result)));
    System.err.println(all);
    return counts;
  }

  private static String text(EvidenceAudit.Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }
}
