package dev.forensics.indexer.document;

import java.util.ArrayList;
import java.util.List;

/** Host names of one flow: related.hosts, and the first of them that names the destination. */
final class HostNames {
  /** Most names kept in related.hosts. */
  static final int LIMIT = 32;

  private final List<String> all = new ArrayList<>();
  private String destination;

  void clear() {
    all.clear();
    destination = null;
  }

  /** A name that the flow's own packets give to its destination: SNI, Host. The first one stays. */
  void ofDestination(String name) {
    if (name != null && !name.isEmpty()) {
      if (destination == null) {
        destination = name;
      }
      related(name);
    }
  }

  /** A name that occurs in the flow. */
  void related(String name) {
    if (name != null && !name.isEmpty() && all.size() < LIMIT && !all.contains(name)) {
      all.add(name);
    }
  }

  String destination() {
    return destination;
  }

  List<String> all() {
    return all;
  }
}
