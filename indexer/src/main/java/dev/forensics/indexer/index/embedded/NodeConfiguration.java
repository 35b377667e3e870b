package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Writes a node's configuration folder, anew at each start. */
final class NodeConfiguration {
  private NodeConfiguration() {}

  /** Writes everything Elasticsearch reads at its start. */
  static void write(Path home, NodeFolder folder, EmbeddedOptions options)
      throws IOException, InterruptedException {
    copyDefaults(home.resolve("config"), folder.config());
    writeJvmOptions(folder.config().resolve("jvm.options"));
    if (options.security().isPresent()) {
      NodeSecurity.write(folder, options.security().get());
    }
    Files.writeString(folder.config().resolve("elasticsearch.yml"), settings(folder, options));
  }

  private static void copyDefaults(Path defaults, Path config) throws IOException {
    try (Stream<Path> files = Files.list(defaults)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, config.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Without the garbage collector's log, which would take up to 2 GB of disk. */
  private static void writeJvmOptions(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.stream().filter(line -> !line.startsWith("-Xlog:gc")).toList());
  }

  private static String settings(NodeFolder folder, EmbeddedOptions options) {
    String common =
        """
        cluster.name: forensics-embedded
        node.name: embedded
        path.data: "%s"
        path.logs: "%s"
        network.host: 127.0.0.1
        http.port: %d
        transport.port: 0
        discovery.type: single-node
        node.portsfile: true
        # in bytes, since shares of a large disk refuse an almost full one that has room enough
        cluster.routing.allocation.disk.watermark.low: 500mb
        cluster.routing.allocation.disk.watermark.high: 300mb
        cluster.routing.allocation.disk.watermark.flood_stage: 200mb
        """
            .formatted(quoted(folder.data()), quoted(folder.logs()), options.port());
    return common
        + (options.security().isPresent()
            ? NodeSecurity.SETTINGS
            : "xpack.security.enabled: false\n");
  }

  private static String quoted(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
