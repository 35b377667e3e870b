package dev.forensics.indexer.config;

import dev.forensics.indexer.config.IndexerConfig.ClusterConfig;
import dev.forensics.indexer.config.IndexerConfig.DetectionConfig;
import dev.forensics.indexer.config.IndexerConfig.EnrichConfig;
import dev.forensics.indexer.config.IndexerConfig.EvidenceConfig;
import dev.forensics.indexer.config.IndexerConfig.HttpConfig;
import dev.forensics.indexer.decode.TunnelPorts;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.document.PayloadSettings;
import dev.forensics.indexer.enrich.GeoDatabases;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the YAML configuration. Everything has a default; unknown keys are refused; all faults are
 * told at once, each with its line and key. Relative paths are taken from the file's own folder.
 */
public final class ConfigLoader {
  private static final int DEFAULT_HTTP_PORT = 8448;
  private static final long DEFAULT_EVIDENCE_BYTES = 10L << 30;

  private static final long DEFAULT_EVIDENCE_FILES = 1_000_000;

  private static final Pattern SECRET_IN_URL =
      Pattern.compile("//[^/?]*@|[?&](user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

  private final ConfigNode.Faults faults = new ConfigNode.Faults();
  private final Map<String, String> environment;
  private final Path folder;
  private final long heapBytes;
  private boolean isForService;

  private ConfigLoader(Path folder, Map<String, String> environment, long heapBytes) {
    this.heapBytes = heapBytes;
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Reads a file.
   *
   * @param environment where secrets may stand
   * @throws ConfigException with all faults; also when the file cannot be read
   */
  public static IndexerConfig load(Path file, Map<String, String> environment)
      throws ConfigException {
    Path folder = file.toAbsolutePath().getParent();
    return parse(content(file), file.toString(), folder, environment);
  }

  /**
   * Reads a file for the service, which also has to write its state.
   *
   * @throws ConfigException as {@link #load}
   */
  public static IndexerConfig loadForService(Path file, Map<String, String> environment)
      throws ConfigException {
    Path folder = file.toAbsolutePath().getParent();
    ConfigLoader loader = new ConfigLoader(folder, environment, MemoryPlan.heapOfThisProcess());
    loader.isForService = true;
    return loader.parse(content(file), file.toString());
  }

  private static String content(Path file) throws ConfigException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(file.toString(), List.of(unreadable(file, e)));
    }
  }

  private static String unreadable(Path file, IOException why) {
    if (why instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (why instanceof CharacterCodingException) {
      return "is not UTF-8";
    }
    return Files.isDirectory(file) ? "is a folder" : "cannot be read by this user";
  }

  /** The configuration of an empty file, for commands that need none. */
  public static IndexerConfig defaults(Map<String, String> environment) throws ConfigException {
    return parse("", "defaults", Path.of("").toAbsolutePath(), environment);
  }

  static IndexerConfig parse(
      String yaml, String source, Path folder, Map<String, String> environment)
      throws ConfigException {
    return parse(yaml, source, folder, environment, MemoryPlan.heapOfThisProcess());
  }

  static IndexerConfig parse(
      String yaml, String source, Path folder, Map<String, String> environment, long heapBytes)
      throws ConfigException {
    return new ConfigLoader(folder, environment, heapBytes).parse(yaml, source);
  }

  private IndexerConfig parse(String yaml, String source) throws ConfigException {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
      IndexerConfig config = read(new ConfigNode("", root, faults));
      failIfFaulty(source);
      return config;
    } catch (YAMLException e) {
      throw new ConfigException(source, List.of("not YAML: " + e.getMessage()));
    }
  }

  /** Every key that a configuration with one sensor may have; list items as "sensors[0].name". */
  static Set<String> keys() {
    ConfigLoader loader = new ConfigLoader(Path.of(""), Map.of(), 1L << 40);
    Node yaml = new Yaml(new LoaderOptions()).compose(new StringReader("sensors: [{}]"));
    ConfigNode root = new ConfigNode("", yaml, loader.faults);
    loader.read(root);
    return root.knownPaths();
  }

  private void failIfFaulty(String source) throws ConfigException {
    List<String> all = faults.all();
    if (!all.isEmpty()) {
      throw new ConfigException(source, all);
    }
  }

  private IndexerConfig read(ConfigNode root) {
    Path state = path(root, "state", folder.resolve("state"));
    DetectionConfig detection = detection(root.mapping("detection"));
    TunnelPorts tunnels = TunnelPortsReader.read(root, TunnelPorts.NONE);
    PayloadSettings payload = payload(root);
    List<ConfigNode> nodes = root.mappings("sensors");
    List<SensorConfig> sensors = sensors(nodes, detection.settings(), tunnels);
    ConfigNode kept = root.mapping("evidence");
    EvidenceConfig evidence = evidence(kept, state);
    SensorFolders folders = new SensorFolders(nodes, sensors);
    folders.refuseOverlaps();
    folders.refuseOwnFiles(root, state, kept, evidence.folder());
    if (isForService) {
      SensorFolders.requireWritable(root, state);
    }
    IndexerConfig config =
        new IndexerConfig(
            new ElasticsearchReader(root.mapping("elasticsearch"), environment, this::resolve)
                .read(state.resolve("dead-letters")),
            retention(root),
            sensors,
            detection,
            tunnels,
            payload,
            enrich(root.mapping("enrich")),
            http(root.mapping("http")),
            evidence,
            cluster(root.mapping("cluster"), payload),
            state);
    root.refuseUnknownKeys();
    return config;
  }

  private static Duration retention(ConfigNode root) {
    Duration retention = root.positive("retention", Duration.ofDays(30));
    if (!retention.equals(Duration.ofDays(retention.toDays()))) {
      root.fault("retention", "must be whole days, such as 30d");
    }
    return retention;
  }

  private List<SensorConfig> sensors(
      List<ConfigNode> nodes, DetectionSettings detection, TunnelPorts tunnels) {
    List<SensorConfig> sensors = new ArrayList<>();
    MemoryPlan plan = new MemoryPlan(heapBytes, Math.max(1, nodes.size()));
    nodes.forEach(
        node ->
            sensors.add(new SensorReader(node, detection, tunnels, plan, this::resolve).read()));
    SensorReader.refuseMoreThanTheHeap(nodes, sensors, plan);
    SensorReader.refuseSameNames(nodes, sensors);
    return sensors;
  }

  private DetectionConfig detection(ConfigNode node) {
    DetectionSettings defaults = DetectionSettings.defaults();
    Set<Integer> ports = new HashSet<>(node.ports("https_ports", List.of(443, 8443)));
    Set<String> disabled = new HashSet<>(node.strings("disabled_rules", List.of()));
    disabled.stream()
        .filter(id -> !Rules.ids().contains(id))
        .sorted()
        .forEach(id -> node.fault("disabled_rules", "no built-in rule is called " + id));
    Duration deadline = node.positive("outcome_deadline", defaults.outcomeDeadline());
    DetectionSettings settings =
        new DetectionSettings(
            ports, deadline, defaults.identifyLimitBytes(), defaults.resyncLimitBytes(), disabled);
    return new DetectionConfig(settings, file(node, "rules"), file(node, "suppressions"));
  }

  private PayloadSettings payload(ConfigNode root) {
    String payload = root.string("payload", "masked");
    if (!payload.equals("masked") && !payload.equals("full")) {
      root.fault("payload", "must be masked or full");
    }
    try {
      String key = Secrets.read(environment, PayloadSettings.KEY).orElse("");
      return new PayloadSettings(payload.equals("full"), key);
    } catch (IOException e) {
      root.fault("payload", e.getMessage());
      return PayloadSettings.MASKED;
    }
  }

  private EnrichConfig enrich(ConfigNode node) {
    List<Path> lists = node.strings("prefix_lists", List.of()).stream().map(this::resolve).toList();
    lists.stream()
        .filter(list -> !Files.isReadable(list))
        .forEach(list -> node.fault("prefix_lists", "cannot be read: " + list));
    return new EnrichConfig(lists, database(node, "asn_database"), database(node, "city_database"));
  }

  private Path database(ConfigNode node, String key) {
    Path file = file(node, key);
    if (file != null && Files.isReadable(file) && !Files.isDirectory(file)) {
      try {
        GeoDatabases.open(List.of(file)).close();
      } catch (IOException | RuntimeException e) {
        node.fault(key, e.getMessage());
      }
    }
    return file;
  }

  private HttpConfig http(ConfigNode node) {
    String bind = node.string("bind", "127.0.0.1:" + DEFAULT_HTTP_PORT);
    Path token = file(node, "token_file");
    int colon = bind.lastIndexOf(':');
    String host = colon < 0 ? bind : bind.substring(0, colon);
    int port = colon < 0 ? DEFAULT_HTTP_PORT : port(node, bind.substring(colon + 1));
    if (token == null && !isLoopback(host)) {
      node.fault("bind", host + " is not loopback: token_file is needed to serve packets there");
    }
    if (token != null && isBlank(token)) {
      node.fault("token_file", "is empty: " + token);
    }
    return new HttpConfig(host, port, token, publicUrl(node));
  }

  /** An empty token would let everybody through. */
  private static boolean isBlank(Path token) {
    try {
      return Files.readString(token).isBlank();
    } catch (IOException e) {
      return false; // told by then, or when it is used
    }
  }

  private static String publicUrl(ConfigNode node) {
    String url = node.string("public_url", null);
    if (url != null && (!url.matches("https?://[^/?#@]+(/[^?#]*)?") || !hasPort(url))) {
      node.fault("public_url", "must be http://HOST or https://HOST, with a port and path or none");
      return null;
    }
    return url == null ? null : url.replaceAll("/+$", "");
  }

  private static boolean hasPort(String url) {
    Matcher port = Pattern.compile("https?://[^/]*:(\\d*)(?:/.*)?").matcher(url);
    return !port.matches() || (port.group(1).matches("[1-9]\\d{0,4}") && isPort(port.group(1)));
  }

  private static boolean isPort(String digits) {
    return Integer.parseInt(digits) <= 65_535;
  }

  private static int port(ConfigNode node, String text) {
    if (text.matches("\\d{1,5}") && isPort(text)) {
      return Integer.parseInt(text);
    }
    node.fault("bind", "must be ADDRESS:PORT");
    return DEFAULT_HTTP_PORT;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private EvidenceConfig evidence(ConfigNode node, Path state) {
    return new EvidenceConfig(
        node.bool("enabled", true),
        path(node, "folder", state.resolve("evidence")),
        node.positive("max_age", Duration.ofDays(365)),
        node.bytes("max_bytes", DEFAULT_EVIDENCE_BYTES),
        node.number("max_files", DEFAULT_EVIDENCE_FILES, 3, Long.MAX_VALUE));
  }

  private ClusterConfig cluster(ConfigNode node, PayloadSettings payload) {
    String url = jdbcUrl(node);
    if (url != null && payload.key().isEmpty()) {
      node.fault(
          "jdbc_url",
          "indexers that share sensors need the same "
              + PayloadSettings.KEY
              + ": with it one goes on with what another one sealed");
    }
    return new ClusterConfig(
        url,
        node.string("node", hostName()),
        node.positive("check_in", Duration.ofSeconds(5)),
        node.positive("tenure", Duration.ofMinutes(5)));
  }

  /** Never echoes the URL: there may be a password in it. */
  private static String jdbcUrl(ConfigNode node) {
    String url = node.string("jdbc_url", null);
    if (url == null) {
      return null;
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      node.fault("jdbc_url", "must be a PostgreSQL URL: jdbc:postgresql://HOST:PORT/DATABASE");
      return null;
    }
    if (SECRET_IN_URL.matcher(url).find()) {
      node.fault(
          "jdbc_url",
          "a user or password does not belong into an address, which is logged:"
              + " FORENSICS_DATABASE_USER and FORENSICS_DATABASE_PASSWORD take them");
      return null;
    }
    return url;
  }

  private String hostName() {
    String name = environment.get("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "indexer";
    }
  }

  private Path file(ConfigNode node, String key) {
    return node.file(key, this::resolve);
  }

  private Path path(ConfigNode node, String key, Path fallback) {
    String value = node.string(key, null);
    return value == null ? fallback : resolve(value);
  }

  private Path resolve(String path) {
    return folder.resolve(path).normalize();
  }
}
