package dev.forensics.indexer.cli;

import dev.forensics.indexer.kibana.KibanaPack;
import dev.forensics.indexer.kibana.SavedObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes objects out of Kibana into readable files. */
@Command(
    name = "export",
    description = "Writes the pack's objects as they are in Kibana now, with all they point to.",
    mixinStandardHelpOptions = true)
final class KibanaExportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      description = "A folder, for one readable file an object; or a file ending in .ndjson.")
  private Path path;

  @Option(
      names = "--object",
      paramLabel = "TYPE:ID",
      description =
          "An object instead of the pack's, such as dashboard:my-page; may be repeated. Types:"
              + " dashboard, lens, visualization, search, index-pattern, links.")
  private List<String> keys = List.of();

  @Mixin private KibanaOptions options;

  @Override
  public Integer call() throws Exception {
    List<String> wanted =
        keys.isEmpty()
            ? KibanaPack.bundled().objects().stream().map(SavedObject::key).toList()
            : keys;
    KibanaPack pack = options.client().export(wanted);
    pack.write(path);
    System.out.println(pack.objects().size() + " objects written to " + path);
    return ExitCode.DONE;
  }
}
