package dev.forensics.indexer.service;

import dev.forensics.indexer.follow.ShortFlows;
import dev.forensics.indexer.index.Await;
import dev.forensics.indexer.index.BulkSettings;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.ElasticsearchSettings;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder with captures, a configuration for it, and a namespace of its own. */
public final class ServedFolder {
  /** The sensor, and its namespace. */
  public final String sensor = "served_" + System.nanoTime();

  /** Where the captures are written. */
  public final Path captures;

  private final Path folder;
  private final URI elasticsearch;
  private int started;

  /** A folder of its own, and where documents go. */
  public ServedFolder(Path folder, URI elasticsearch) throws IOException {
    this.folder = folder;
    this.elasticsearch = elasticsearch;
    captures = Files.createDirectories(folder.resolve("captures"));
  }

  /** A configuration whose sensor ends its flows after this quiet time. */
  Path config(String every, String quiet) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "config", ".yml"),
        """
        elasticsearch:
          hosts: ["%s"]
          namespace: %s
          bulk: { max_documents: 300 }
        sensors:
          - name: %s
            captures: %s
            every: %s
            quiet: %s
            flow: %s
        http: { bind: "127.0.0.1:0", public_url: "http://127.0.0.1:8448" }
        state: %s
        """
            .formatted(
                elasticsearch,
                sensor,
                sensor,
                captures,
                every,
                quiet,
                ShortFlows.YAML,
                folder.resolve("state")));
  }

  /** Starts the service over it. */
  public ServiceProcess start(String every, String quiet) throws IOException {
    return start(every, quiet, Map.of());
  }

  /** Starts the service over it, with more variables in its environment. */
  ServiceProcess start(String every, String quiet, Map<String, String> environment)
      throws IOException {
    return ServiceProcess.start(
        config(every, quiet), folder.resolve("run-" + ++started + ".log"), environment);
  }

  /** What the configuration says of the sensor. */
  public SensorSettings settings() {
    return new SensorSettings(
        sensor, 1, ShortFlows.settings(), SensorSettings.defaults(sensor).detection());
  }

  /** A connection into its namespace. */
  public ElasticsearchConnection connect() throws IOException {
    return ElasticsearchConnection.open(
        ElasticsearchSettings.of(
                elasticsearch, BulkSettings.defaults(folder.resolve("dead-letters")))
            .withNamespace(sensor));
  }

  /** What the processes said so far, for a test that fails. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int run = 1; run <= started; run++) {
      all.append("run ").append(run).append('\n');
      all.append(Files.readString(folder.resolve("run-" + run + ".log")));
    }
    return all.toString();
  }

  /** Lets the service read to the end; then nothing comes for a while, and the last flows end. */
  public void finish() throws Exception {
    try (ServiceProcess service = start("100ms", "2s")) {
      Await.until(() -> isOver(service), "all flows to end");
      service.stop();
    }
  }

  /** It has begun, is caught up, and nothing is open any more. */
  private static boolean isOver(ServiceProcess service) throws Exception {
    boolean hasBegun =
        service.metric("forensics_resumptions_total") + service.metric("forensics_commits_total")
            > 0;
    return hasBegun
        && service.metric("forensics_lag_seconds") == 0
        && service.metric("forensics_captures_open") == 0
        && service.metric("forensics_flows_open") == 0;
  }
}
