package dev.forensics.indexer.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the nodes' processes have told of their ticks. */
final class ClusterTicks {
  private final List<Tick> ticks;

  private ClusterTicks(List<Tick> ticks) {
    this.ticks = ticks;
  }

  /**
   * One tick.
   *
   * @param nanos the machine's monotonic clock, the same for all processes
   */
  record Tick(long nanos, String sensor, String node) {}

  static ClusterTicks read(Path folder) throws IOException {
    List<Tick> ticks = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".ticks")).toList()) {
        String content = Files.readString(file);
        content.substring(0, content.lastIndexOf('\n') + 1).lines().forEach(l -> ticks.add(of(l)));
      }
    }
    ticks.sort(Comparator.comparingLong(Tick::nanos));
    return new ClusterTicks(ticks);
  }

  private static Tick of(String line) {
    String[] parts = line.split(" ", -1);
    return new Tick(Long.parseLong(parts[0]), parts[1], parts[2]);
  }

  ClusterTicks after(long nanos) {
    return new ClusterTicks(ticks.stream().filter(tick -> tick.nanos > nanos).toList());
  }

  int count() {
    return ticks.size();
  }

  /** The node of each sensor's latest tick. */
  Map<String, String> holders() {
    Map<String, String> holders = new TreeMap<>();
    ticks.forEach(tick -> holders.put(tick.sensor, tick.node));
    return holders;
  }

  /** How many sensors each node has. */
  Map<String, Integer> shares() {
    Map<String, Integer> shares = new TreeMap<>();
    holders().values().forEach(node -> shares.merge(node, 1, Integer::sum));
    return shares;
  }

  /** How often any sensor went from one node to another. */
  int changes() {
    Map<String, String> holders = new TreeMap<>();
    int changes = 0;
    for (Tick tick : ticks) {
      String before = holders.put(tick.sensor, tick.node);
      if (before != null && !before.equals(tick.node)) {
        changes++;
      }
    }
    return changes;
  }
}
