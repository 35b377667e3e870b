package dev.forensics.indexer.cli;

import dev.forensics.indexer.kibana.KibanaCheck;
import dev.forensics.indexer.kibana.KibanaPack;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks saved objects without a Kibana. */
@Command(
    name = "check",
    description = "Checks saved objects without a Kibana: versions, keys, references, layout.",
    mixinStandardHelpOptions = true)
final class KibanaCheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "A folder of saved objects or an .ndjson file, instead of the built-in pack.")
  private Path path;

  @Override
  public Integer call() throws Exception {
    KibanaPack pack = path == null ? KibanaPack.bundled() : KibanaPack.read(path);
    List<String> problems = KibanaCheck.problems(pack);
    problems.forEach(System.out::println);
    System.err.println(pack.objects().size() + " objects, " + problems.size() + " problems");
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
  }
}
