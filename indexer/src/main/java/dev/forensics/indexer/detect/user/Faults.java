package dev.forensics.indexer.detect.user;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The faults of one file, told in the order of its lines. */
final class Faults {
  private final TreeMap<Integer, List<String>> byLine = new TreeMap<>();

  void add(int line, String problem) {
    byLine.computeIfAbsent(line, l -> new ArrayList<>()).add("line " + line + ": " + problem);
  }

  List<String> all() {
    return byLine.values().stream().flatMap(List::stream).toList();
  }
}
