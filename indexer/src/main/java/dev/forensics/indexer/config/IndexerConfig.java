package dev.forensics.indexer.config;

import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.document.PayloadSettings;
import dev.forensics.indexer.index.ElasticsearchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The whole configuration, read and checked.
 *
 * @param elasticsearch where documents go
 * @param retention how long documents are kept
 * @param sensors the service's sensors; may be empty for one-shot commands
 * @param detection what the rules need to know, for sensors that do not say otherwise
 * @param tunnelPorts where tunnels stand beside the well-known ports, for sensors that do not say
 *     otherwise
 * @param payload how bytes are shown that no protocol explains
 * @param enrich lists and databases of addresses
 * @param http the service's endpoint
 * @param evidence packets of alarms that are kept
 * @param cluster how several indexers share the sensors
 * @param state folder for dead letters and evidence
 */
public record IndexerConfig(
    ElasticsearchSettings elasticsearch,
    Duration retention,
    List<SensorConfig> sensors,
    DetectionConfig detection,
    TunnelPorts tunnelPorts,
    PayloadSettings payload,
    EnrichConfig enrich,
    HttpConfig http,
    EvidenceConfig evidence,
    ClusterConfig cluster,
    Path state) {
  /** With other tunnel ports for what is no sensor of the configuration. */
  public IndexerConfig withTunnelPorts(TunnelPorts ports) {
    return new IndexerConfig(
        elasticsearch,
        retention,
        sensors,
        detection,
        ports,
        payload,
        enrich,
        http,
        evidence,
        cluster,
        state);
  }

  /** With another way to show bytes that no protocol explains. */
  public IndexerConfig withPayload(PayloadSettings shown) {
    return new IndexerConfig(
        elasticsearch,
        retention,
        sensors,
        detection,
        tunnelPorts,
        shown,
        enrich,
        http,
        evidence,
        cluster,
        state);
  }

  /**
   * What the rules need.
   *
   * @param settings ports, deadlines, disabled rules
   * @param rules a file with the user's own rules; may be null
   * @param suppressions a file with suppressions; may be null
   */
  public record DetectionConfig(DetectionSettings settings, Path rules, Path suppressions) {}

  /**
   * Lists and databases of addresses.
   *
   * @param prefixLists the user's own CSV lists of prefixes
   * @param asnDatabase a MaxMind-format ASN database; may be null
   * @param cityDatabase a MaxMind-format city database; may be null
   */
  public record EnrichConfig(List<Path> prefixLists, Path asnDatabase, Path cityDatabase) {}

  /**
   * The endpoint, before its host name is resolved and its token read.
   *
   * @param host address to listen on
   * @param port port, 0 for any free one
   * @param tokenFile file with the token for packets; may be null on loopback
   * @param publicUrl how browsers reach it; null for http://host:port
   */
  public record HttpConfig(String host, int port, Path tokenFile, String publicUrl) {
    /** The start of every packet link, without a final slash. */
    public String url() {
      return publicUrl != null ? publicUrl : "http://" + host + ":" + port;
    }
  }

  /**
   * Packets of alarms, copied before the ring overwrites them.
   *
   * @param enabled false keeps none
   * @param folder where
   * @param maxAge older ones are removed
   * @param maxBytes the oldest are removed when all together take more on disk
   * @param maxFiles the oldest are removed when there are more files, three an alarm
   */
  public record EvidenceConfig(
      boolean enabled, Path folder, Duration maxAge, long maxBytes, long maxFiles) {}

  /**
   * Several indexers.
   *
   * @param jdbcUrl PostgreSQL; null for a single indexer
   * @param node this indexer's name
   * @param checkIn how often it says that it lives
   * @param tenure how long it keeps a sensor before another may have it
   */
  public record ClusterConfig(String jdbcUrl, String node, Duration checkIn, Duration tenure) {}
}
