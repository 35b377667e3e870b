package dev.forensics.indexer.config;

import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.pipeline.SensorSettings;
import dev.forensics.indexer.schedule.Timing;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import org.quartz.CronExpression;

/** Reads a sensor of the configuration. */
final class SensorReader {
  private static final Duration DEFAULT_EVERY = Duration.ofSeconds(10);
  private static final Duration DEFAULT_QUIET = Duration.ofMinutes(5);
  private static final int MOST_WORKERS = 64;

  private final ConfigNode node;
  private final DetectionSettings detection;
  private final TunnelPorts tunnels;
  private final MemoryPlan plan;
  private final Function<String, Path> paths;

  /**
   * @param node the sensor's mapping
   * @param detection what holds for all sensors
   * @param tunnels where tunnels stand, for all sensors
   * @param plan how the heap is divided
   * @param paths takes a path from the configuration
   */
  SensorReader(
      ConfigNode node,
      DetectionSettings detection,
      TunnelPorts tunnels,
      MemoryPlan plan,
      Function<String, Path> paths) {
    this.node = node;
    this.detection = detection;
    this.tunnels = tunnels;
    this.plan = plan;
    this.paths = paths;
  }

  SensorConfig read() {
    String name = node.required("name");
    if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      node.fault("name", "must be letters, digits, '.', '_' and '-', at most 63");
    }
    String captures = node.required("captures");
    Timing timing = timing();
    return new SensorConfig(
        paths.apply(captures == null ? "." : captures),
        globs("include"),
        globs("exclude"),
        timing,
        quiet(timing),
        adopts(),
        new SensorSettings(
            name == null ? "?" : name,
            (int) node.number("workers", 1, 1, MOST_WORKERS),
            flow(node.mapping("flow")),
            detection(),
            TunnelPortsReader.read(node, tunnels),
            plan.share()));
  }

  private String adopts() {
    String owner = node.string("adopt", null);
    if (owner != null && !owner.matches("[^:]+:/.+")) {
      node.fault("adopt", "must be HOST:/FOLDER, as the refusal of the sensor says it");
      return null;
    }
    return owner;
  }

  private List<String> globs(String key) {
    List<String> globs = node.strings(key, List.of());
    for (String glob : globs) {
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (PatternSyntaxException e) {
        node.fault(key, "not a file name pattern: '" + glob + "': " + e.getDescription());
        return List.of();
      }
    }
    return globs;
  }

  private Timing timing() {
    String cron = node.string("cron", null);
    Duration every = node.positive("every", cron == null ? DEFAULT_EVERY : null);
    if (cron != null && every != null) {
      node.fault("cron", "give either every or cron, not both");
    }
    return cron == null ? Timing.every(every) : cron(cron);
  }

  @SuppressWarnings("JavaUtilDate") // Quartz knows no other
  private Timing cron(String expression) {
    try {
      if (new CronExpression(expression).getNextValidTimeAfter(new Date()) != null) {
        return Timing.cron(expression);
      }
      node.fault("cron", "never comes: '" + expression + "'");
    } catch (ParseException | RuntimeException e) {
      node.fault(
          "cron",
          "is not a Quartz cron expression (seconds first): '%s': %s"
              .formatted(expression, e.getMessage()));
    }
    return Timing.every(DEFAULT_EVERY);
  }

  /** With less, a sensor would be quiet between any two looks at its folder. */
  private Duration quiet(Timing timing) {
    Duration quiet = node.positive("quiet", DEFAULT_QUIET);
    if (timing.every() != null && quiet.compareTo(timing.every()) < 0) {
      node.fault("quiet", "is shorter than every: flows would end before more can come");
    }
    return quiet;
  }

  private DetectionSettings detection() {
    List<Integer> ports = node.ports("https_ports", List.of());
    return ports.isEmpty() ? detection : detection.withHttpsPorts(new HashSet<>(ports));
  }

  private FlowSettings flow(ConfigNode flow) {
    FlowSettings defaults = plan.fitted(FlowSettings.defaults());
    return new FlowSettings(
        (int) flow.number("max_flows", defaults.maxFlows(), 1, 1 << 28),
        flow.bytes("max_bytes", defaults.maxBytes()),
        positive(flow, "tcp_idle", defaults.tcpIdle()),
        positive(flow, "udp_idle", defaults.udpIdle()),
        positive(flow, "icmp_idle", defaults.icmpIdle()),
        positive(flow, "other_idle", defaults.otherIdle()),
        positive(flow, "closed_linger", defaults.closedLinger()),
        positive(flow, "active", defaults.active()),
        size(flow, "reassembly_per_direction", defaults.reassemblyBytesPerDirection()),
        withinHeap(flow, "reassembly_total", defaults.reassemblyBytesTotal()),
        (int) flow.number("packet_pointers", defaults.packetPointers(), 1, 65_535),
        flow.bool("vlan_in_key", defaults.vlanInKey()),
        flow.bool("tunnel_in_key", defaults.tunnelInKey()));
  }

  private long withinHeap(ConfigNode flow, String key, long fallback) {
    long read = flow.bytes(key, fallback);
    if (read > plan.heapBytes()) {
      flow.fault(
          key,
          "is %s, which a heap of %s cannot hold: lower it, or give -Xmx in FORENSICS_JAVA_OPTS"
              .formatted(mebibytes(read), mebibytes(plan.heapBytes())));
      return fallback;
    }
    return read;
  }

  private static Duration positive(ConfigNode flow, String key, Duration fallback) {
    Duration read = flow.positive(key, fallback);
    if (read.compareTo(Duration.ofDays(3650)) > 0) {
      flow.fault(key, "must be at most 3650d");
      return fallback;
    }
    return read;
  }

  private static int size(ConfigNode flow, String key, int fallback) {
    long read = flow.bytes(key, fallback);
    if (read > 1 << 30) {
      flow.fault(key, "must be at most 1GiB");
      return fallback;
    }
    return (int) read;
  }

  /**
   * Adds a fault where the flows of all sensors do not fit into the heap. Defaults fit, unless
   * there are very many sensors; a key of the operator's may not.
   */
  static void refuseMoreThanTheHeap(
      List<ConfigNode> nodes, List<SensorConfig> sensors, MemoryPlan plan) {
    long sum = 0;
    int largest = 0;
    for (int i = 0; i < sensors.size(); i++) {
      long bytes = sensors.get(i).settings().flow().maxBytes();
      sum += bytes;
      largest = bytes > sensors.get(largest).settings().flow().maxBytes() ? i : largest;
    }
    if (!sensors.isEmpty() && sum > plan.forFlows()) {
      nodes
          .get(largest)
          .mapping("flow")
          .fault(
              "max_bytes",
              ("the sensors' max_bytes are %s together, but a heap of %s has %s for them;"
                      + " lower them, or give -Xmx%s in FORENSICS_JAVA_OPTS")
                  .formatted(
                      mebibytes(sum),
                      mebibytes(plan.heapBytes()),
                      Math.max(0, plan.forFlows() >> 20) + " MiB",
                      mebibytes(plan.heapFor(sum)).replace(" MiB", "m")));
    }
  }

  private static String mebibytes(long bytes) {
    return ((bytes + (1 << 20) - 1) >> 20) + " MiB";
  }

  /** Adds a fault for each sensor whose name stood before. */
  static void refuseSameNames(List<ConfigNode> nodes, List<SensorConfig> sensors) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sensors.size(); i++) {
      if (!names.add(sensors.get(i).name())) {
        nodes.get(i).fault("name", "is given to two sensors");
      }
    }
  }
}
