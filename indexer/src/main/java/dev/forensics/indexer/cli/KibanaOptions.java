package dev.forensics.indexer.cli;

import dev.forensics.indexer.kibana.KibanaClient;
import dev.forensics.indexer.kibana.KibanaCredentials;
import dev.forensics.indexer.kibana.KibanaSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options by which a command finds Kibana; secrets come from the environment alone. */
final class KibanaOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:FORENSICS_KIBANA_URL:-http://localhost:5601}",
      description =
          "Kibana. Default: FORENSICS_KIBANA_URL, else http://localhost:5601. Credentials:"
              + " FORENSICS_KIBANA_API_KEY, or FORENSICS_KIBANA_USER and FORENSICS_KIBANA_PASSWORD"
              + " (each also with _FILE), else the same of FORENSICS_ELASTICSEARCH_*.")
  private URI url;

  @Option(names = "--space", paramLabel = "ID", description = "Space. Default: the default one.")
  private String space;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates to trust. Default: the platform's.")
  private Path caFile;

  /** A client as the options and the environment say. */
  KibanaClient client() throws IOException {
    KibanaSettings settings =
        KibanaSettings.of(url).withCredentials(KibanaCredentials.fromEnvironment(System.getenv()));
    if (space != null) {
      settings = settings.withSpace(space);
    }
    return KibanaClient.open(caFile == null ? settings : settings.withCaFile(caFile));
  }
}
