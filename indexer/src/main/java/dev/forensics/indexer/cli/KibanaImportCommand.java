package dev.forensics.indexer.cli;

import dev.forensics.indexer.kibana.ImportReport;
import dev.forensics.indexer.kibana.KibanaPack;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts the pack into Kibana. */
@Command(
    name = "import",
    description = "Puts the pack into Kibana, over objects with the same ids; others stay.",
    mixinStandardHelpOptions = true)
final class KibanaImportCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "A folder of saved objects or an .ndjson file, instead of the built-in pack.")
  private Path path;

  @Mixin private KibanaOptions options;

  @Override
  public Integer call() throws Exception {
    KibanaPack pack = path == null ? KibanaPack.bundled() : KibanaPack.read(path);
    ImportReport report = options.client().importPack(pack);
    System.out.println(report.imported() + " of " + pack.objects().size() + " objects imported");
    report.faults().forEach(fault -> System.err.println("refused: " + fault));
    return report.isComplete() ? ExitCode.DONE : ExitCode.UNDELIVERED;
  }
}
