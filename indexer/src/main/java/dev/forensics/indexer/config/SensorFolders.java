package dev.forensics.indexer.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses folders that get into each other's way: what one sensor would read of another, and what
 * the service itself writes.
 */
final class SensorFolders {
  private final List<ConfigNode> nodes;
  private final List<SensorConfig> sensors;

  /**
   * @param nodes of the sensors, in their order
   */
  SensorFolders(List<ConfigNode> nodes, List<SensorConfig> sensors) {
    this.nodes = nodes;
    this.sensors = sensors;
  }

  /** Adds a fault for each sensor that would read what one before it reads. */
  void refuseOverlaps() {
    for (int i = 0; i < sensors.size(); i++) {
      for (int before = 0; before < i; before++) {
        boolean areGiven = isGiven(i) && isGiven(before);
        if (areGiven && (isWithin(i, before) || isWithin(before, i))) {
          refuse(i, before);
        }
      }
    }
  }

  private boolean isGiven(int index) {
    return nodes.get(index).has("captures");
  }

  private boolean isWithin(int inner, int outer) {
    return real(sensors.get(inner).captures()).startsWith(real(sensors.get(outer).captures()));
  }

  private void refuse(int index, int before) {
    SensorConfig sensor = sensors.get(index);
    SensorConfig other = sensors.get(before);
    if (mayBothRead(sensor, other)) {
      boolean isSame = real(sensor.captures()).equals(real(other.captures()));
      nodes
          .get(index)
          .fault(
              "captures",
              (isSame ? "is another sensor's folder" : "overlaps the folder of another sensor")
                  + " ("
                  + other.name()
                  + "; sub-folders are read, too): include has to part them");
    }
  }

  /** Whether a file name may be wanted by both, as far as patterns can be compared. */
  private static boolean mayBothRead(SensorConfig one, SensorConfig other) {
    if (one.include().isEmpty() && other.include().isEmpty()) {
      return true;
    }
    if (one.include().isEmpty() || other.include().isEmpty()) {
      SensorConfig all = one.include().isEmpty() ? one : other;
      SensorConfig some = one.include().isEmpty() ? other : one;
      return !all.exclude().containsAll(some.include());
    }
    Set<String> shared = new HashSet<>(one.include());
    shared.retainAll(other.include());
    shared.removeAll(one.exclude());
    shared.removeAll(other.exclude());
    return !shared.isEmpty();
  }

  /**
   * Adds a fault where what the service writes would be read as captures, or removed with them.
   *
   * @param root where "state" stands
   * @param evidence where "folder" stands
   */
  void refuseOwnFiles(ConfigNode root, Path state, ConfigNode evidence, Path evidenceFolder) {
    List<Path> captures = new ArrayList<>();
    sensors.forEach(sensor -> captures.add(real(sensor.captures())));
    for (int i = 0; i < sensors.size(); i++) {
      if (!isGiven(i)) {
        continue; // told already
      }
      if (real(state).startsWith(captures.get(i))) {
        root.fault("state", "lies in the captures of sensor " + sensors.get(i).name());
      } else if (real(evidenceFolder).startsWith(captures.get(i))) {
        evidence.fault("folder", "lies in the captures of sensor " + sensors.get(i).name());
      } else if (captures.get(i).startsWith(real(evidenceFolder))) {
        nodes.get(i).fault("captures", "lies in the evidence folder");
      }
    }
  }

  /** Adds a fault when the service could not keep its state. */
  static void requireWritable(ConfigNode root, Path state) {
    Path there = state.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there)) {
      root.fault("state", "cannot be a folder: " + there + " is none");
    } else if (!Files.isWritable(there)) {
      root.fault("state", "cannot be written to by this user: " + there);
    }
  }

  /** Through symbolic links, as far as the folder is there. */
  private static Path real(Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    Path missing = Path.of("");
    while (there != null) {
      try {
        return there.toRealPath().resolve(missing).normalize();
      } catch (IOException e) {
        missing = there.getFileName() == null ? missing : there.getFileName().resolve(missing);
        there = there.getParent();
      }
    }
    return folder.toAbsolutePath().normalize();
  }
}
