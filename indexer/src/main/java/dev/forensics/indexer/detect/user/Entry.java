package dev.forensics.indexer.detect.user;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of a file. A getter takes its key; what nobody took is a fault in the end. Faults are
 * collected with their line, so that a reader sees all of them at once.
 */
final class Entry {
  private final int line;
  private final Faults faults;
  private final Path folder;
  private final Map<String, Node> left = new LinkedHashMap<>();

  /**
   * @param folder relative names of files start here
   */
  Entry(Node node, Faults faults, Path folder) {
    this.line = lineOf(node);
    this.faults = faults;
    this.folder = folder;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::put);
    } else {
      fault("must be a mapping of keys to values");
    }
  }

  private void put(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      faults.add(lineOf(tuple.getKeyNode()), "a key must be a single word");
    } else if (left.put(key.getValue(), tuple.getValueNode()) != null) {
      faults.add(lineOf(key), key.getValue() + " is given twice");
    }
  }

  static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  void fault(String problem) {
    faults.add(line, problem);
  }

  /** An entry further in. */
  Entry below(Node node) {
    return new Entry(node, faults, folder);
  }

  /** The keys that nobody took yet. */
  List<String> keys() {
    return List.copyOf(left.keySet());
  }

  /** Takes a value as it stands; null when it is missing. */
  Node take(String key) {
    return left.remove(key);
  }

  /** A single value; null when it is missing or no single value, which is a fault. */
  String text(String key) {
    Node node = take(key);
    if (node == null) {
      return null;
    }
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    faults.add(lineOf(node), key + " must be a single value");
    return null;
  }

  /** A single value that must be there. */
  String required(String key) {
    boolean given = left.containsKey(key);
    String value = text(key);
    if (!given) {
      fault(key + " is missing");
    }
    return value;
  }

  /** A list, or a single value as a list of one; empty when it is missing. */
  List<String> texts(String key) {
    Node node = take(key);
    return node == null ? List.of() : texts(key, node);
  }

  List<String> texts(String key, Node node) {
    List<String> values = new ArrayList<>();
    List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    for (Node item : nodes) {
      if (item instanceof ScalarNode scalar) {
        values.add(scalar.getValue());
      } else {
        faults.add(lineOf(item), key + " must be a list of single values");
      }
    }
    return values;
  }

  /** The values of a key, and those of the file that {@code key_file} names. */
  List<String> listed(String key) {
    List<String> values = new ArrayList<>(texts(key));
    values.addAll(file(key + "_file"));
    return values;
  }

  /** The values of the file that a key names; empty when the key is missing. */
  List<String> file(String key) {
    int at = left.containsKey(key) ? lineOf(left.get(key)) : line;
    String name = text(key);
    if (name == null) {
      return List.of();
    }
    try {
      List<String> values = ListFile.load(folder.resolve(name));
      if (values.isEmpty()) {
        faults.add(at, key + ": " + name + " has no value");
      }
      return values;
    } catch (IOException | InvalidPathException e) {
      faults.add(at, key + ": " + name + " cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  /** Faults for the keys that nobody took. */
  void refuseOthers() {
    left.forEach((key, node) -> faults.add(lineOf(node), "unknown key " + key));
  }
}
