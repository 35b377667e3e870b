package dev.forensics.indexer.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of the YAML configuration. Every getter notes the key as known and, instead of failing,
 * collects a fault with line and key; {@link #refuseUnknownKeys} adds those for the keys that
 * nobody asked for. So a reader sees all faults of a file at once.
 */
final class ConfigNode {
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Boolean> known = new HashMap<>();
  private final List<ConfigNode> children = new ArrayList<>();
  private final Map<String, ConfigNode> mappings = new HashMap<>();
  private final Faults faults;

  /** Faults by line, so that they are shown in the order of the file. */
  static final class Faults {
    private final TreeMap<Integer, List<String>> byLine = new TreeMap<>();

    void add(int line, String key, String problem) {
      byLine
          .computeIfAbsent(line, l -> new ArrayList<>())
          .add("line " + line + ": " + key + ": " + problem);
    }

    List<String> all() {
      return byLine.values().stream().flatMap(List::stream).toList();
    }
  }

  ConfigNode(String path, Node node, Faults faults) {
    this.path = path;
    this.faults = faults;
    this.line = node == null ? 1 : lineOf(node);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::put);
    } else if (node != null && !isNull(node)) {
      fault("must be a mapping of keys to values");
    }
  }

  private void put(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
      faults.add(lineOf(tuple.getKeyNode()), full("?"), "a key must be a single word");
      return;
    }
    String key = scalar.getValue();
    if (values.put(key, tuple.getValueNode()) != null) {
      faults.add(lineOf(tuple.getKeyNode()), full(key), "given twice");
    }
    lines.put(key, lineOf(tuple.getKeyNode()));
  }

  /** Whether a key is given; notes it as known. */
  boolean has(String key) {
    known.put(key, true);
    return values.containsKey(key);
  }

  /** Adds a fault about a key that was read already. */
  void fault(String key, String problem) {
    faults.add(lines.getOrDefault(key, line), full(key), problem);
  }

  /** Adds a fault about this mapping as a whole. */
  void fault(String problem) {
    faults.add(line, path.isEmpty() ? "(file)" : path, problem);
  }

  String string(String key, String fallback) {
    Node node = take(key);
    if (node == null) {
      return fallback;
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    fault(key, "must be a single value");
    return fallback;
  }

  String required(String key) {
    String value = string(key, null);
    if (value == null || value.isBlank()) {
      fault(key, "is missing");
    }
    return value;
  }

  boolean bool(String key, boolean fallback) {
    String value = string(key, null);
    if (value == null) {
      return fallback;
    }
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    fault(key, "must be true or false, not '" + value + "'");
    return fallback;
  }

  long number(String key, long fallback, long least, long most) {
    String value = string(key, null);
    return value == null ? fallback : parseNumber(key, value, fallback, least, most);
  }

  private long parseNumber(String key, String value, long fallback, long least, long most) {
    try {
      long number = Long.parseLong(value.replace("_", ""));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the fault
    }
    fault(key, "must be a whole number from " + least + " to " + most + ", not '" + value + "'");
    return fallback;
  }

  /** A size in bytes: 512, 10k, 64MB, 2GiB. */
  long bytes(String key, long fallback) {
    String value = string(key, null);
    if (value == null) {
      return fallback;
    }
    try {
      return Units.bytes(value);
    } catch (IllegalArgumentException e) {
      fault(key, e.getMessage());
      return fallback;
    }
  }

  /** A duration: 500ms, 10s, 5m, 12h, 30d. */
  Duration duration(String key, Duration fallback) {
    String value = string(key, null);
    if (value == null) {
      return fallback;
    }
    try {
      return Units.duration(value);
    } catch (IllegalArgumentException e) {
      fault(key, e.getMessage());
      return fallback;
    }
  }

  /** A duration longer than nothing. */
  Duration positive(String key, Duration fallback) {
    Duration read = duration(key, fallback);
    if (read != null && read.isZero()) {
      fault(key, "must be longer than nothing");
      return fallback;
    }
    return read;
  }

  /**
   * A file that has to be there.
   *
   * @param paths takes a path from the configuration
   * @return null when none is given
   */
  Path file(String key, Function<String, Path> paths) {
    String value = string(key, null);
    if (value == null) {
      return null;
    }
    Path file = paths.apply(value);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      fault(key, "cannot be read: " + file);
    }
    return file;
  }

  List<String> strings(String key, List<String> fallback) {
    Node node = take(key);
    if (node == null) {
      return fallback;
    }
    if (node instanceof ScalarNode scalar) {
      return List.of(scalar.getValue());
    }
    List<String> found = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> addScalar(key, item, found));
      return found;
    }
    fault(key, "must be a list");
    return fallback;
  }

  private void addScalar(String key, Node item, List<String> found) {
    if (item instanceof ScalarNode scalar) {
      found.add(scalar.getValue());
    } else {
      faults.add(lineOf(item), full(key), "must be a list of single values");
    }
  }

  List<Integer> ports(String key, List<Integer> fallback) {
    if (!has(key)) {
      return fallback;
    }
    return strings(key, List.of()).stream()
        .map(value -> (int) parseNumber(key, value, 1, 1, 65_535))
        .toList();
  }

  /** Whole numbers in a range; those that are none are faults, and left out. */
  List<Integer> numbers(String key, int least, int most) {
    return strings(key, List.of()).stream()
        .map(value -> (int) parseNumber(key, value, least - 1, least, most))
        .filter(number -> number >= least)
        .toList();
  }

  /** The mapping under a key, the same each time; an empty one where the key is not given. */
  ConfigNode mapping(String key) {
    return mappings.computeIfAbsent(key, this::child);
  }

  private ConfigNode child(String key) {
    ConfigNode child = new ConfigNode(full(key), take(key), faults);
    children.add(child);
    return child;
  }

  List<ConfigNode> mappings(String key) {
    Node node = take(key);
    List<ConfigNode> found = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        found.add(new ConfigNode(full(key) + "[" + found.size() + "]", item, faults));
      }
    } else if (node != null) {
      fault(key, "must be a list");
    }
    children.addAll(found);
    return found;
  }

  /** Every key of this mapping with its own mapping, for keys that are names. */
  Map<String, ConfigNode> named() {
    Map<String, ConfigNode> found = new LinkedHashMap<>();
    values.keySet().forEach(key -> found.put(key, mapping(key)));
    return found;
  }

  /** Adds a fault for each key nobody asked for, here and below. */
  void refuseUnknownKeys() {
    for (String key : values.keySet()) {
      if (!known.containsKey(key)) {
        fault(key, "is not a known key; known here: " + String.join(", ", knownKeys()));
      }
    }
    children.forEach(ConfigNode::refuseUnknownKeys);
  }

  /** Every key that was asked for, here and below, with the mappings it lies in: "http.bind". */
  Set<String> knownPaths() {
    Set<String> paths = new TreeSet<>();
    known.keySet().forEach(key -> paths.add(full(key)));
    children.forEach(child -> paths.addAll(child.knownPaths()));
    return paths;
  }

  private List<String> knownKeys() {
    return known.keySet().stream().sorted().toList();
  }

  private Node take(String key) {
    known.put(key, true);
    Node node = values.get(key);
    return node == null || isNull(node) ? null : node;
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().getValue().endsWith(":null");
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
