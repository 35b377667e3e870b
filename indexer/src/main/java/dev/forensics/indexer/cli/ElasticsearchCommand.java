package dev.forensics.indexer.cli;

import dev.forensics.indexer.index.embedded.EmbeddedElasticsearch;
import dev.forensics.indexer.index.embedded.EmbeddedOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the embedded Elasticsearch in the foreground until Ctrl-C. */
@Command(
    name = "elasticsearch",
    description = "Runs a real Elasticsearch on loopback in the foreground, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ElasticsearchCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9200",
      description = "HTTP port on 127.0.0.1; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that keeps the data. Default: a temporary one, removed at the end.")
  private Path data;

  @Option(
      names = "--heap",
      paramLabel = "MB",
      defaultValue = "1024",
      description = "Java heap in megabytes. Default: ${DEFAULT-VALUE}.")
  private int heapMegabytes;

  @Override
  public Integer call() throws Exception {
    EmbeddedOptions options =
        EmbeddedOptions.defaults().withPort(port).withHeapMegabytes(heapMegabytes);
    if (data != null) {
      options = options.withFolder(data.toAbsolutePath());
    }
    System.err.println("Starting Elasticsearch " + EmbeddedElasticsearch.VERSION + "...");
    try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(options)) {
      System.out.println(node.url());
      System.err.println("Elasticsearch listens on " + node.url() + "; Ctrl-C stops it.");
      node.awaitEnd();
    }
    return ExitCode.DONE;
  }
}
