package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.ConfigException;
import dev.forensics.indexer.config.ConfigLoader;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.index.ElasticsearchSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options by which a command finds its configuration and Elasticsearch. */
final class ConfigOptions {
  private static final Path DEFAULT_FILE = Path.of("forensics.yml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration. Default: forensics.yml where there is one.")
  private Path file;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Elasticsearch, instead of the configuration's hosts.")
  private URI url;

  /** The configuration, with the command line's own settings in it. */
  IndexerConfig load() throws ConfigException, IOException {
    if (file != null) {
      return ConfigLoader.load(file, System.getenv());
    }
    return Files.exists(DEFAULT_FILE)
        ? ConfigLoader.load(DEFAULT_FILE, System.getenv())
        : ConfigLoader.defaults(System.getenv());
  }

  /** The configuration for the service. */
  IndexerConfig loadForService() throws ConfigException {
    return file == null && !Files.exists(DEFAULT_FILE)
        ? ConfigLoader.defaults(System.getenv())
        : ConfigLoader.loadForService(file == null ? DEFAULT_FILE : file, System.getenv());
  }

  /** Elasticsearch as the configuration and --url say. */
  ElasticsearchSettings elasticsearch(IndexerConfig config) {
    ElasticsearchSettings settings = config.elasticsearch();
    return url == null ? settings : settings.withHosts(List.of(url));
  }
}
