package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.mask.Masks;
import java.util.ArrayList;
import java.util.List;

/**
 * Names in one flow: hosts and users of "related", and the host name that the flow gives to its
 * destination.
 */
final class HostNames {
  /** Most hosts, and most users, that are kept. */
  static final int LIMIT = 32;

  private final List<String> hosts = new ArrayList<>();
  private final List<String> users = new ArrayList<>();
  private String destination;
  private boolean behindProxy;

  void clear() {
    hosts.clear();
    users.clear();
    destination = null;
    behindProxy = false;
  }

  /** From here on the names are of hosts that the destination is asked to reach for the client. */
  void enterProxy() {
    behindProxy = true;
  }

  /** A name that the flow's own packets give to its destination: SNI, Host. The first one stays. */
  void ofDestination(String name) {
    if (isName(name)) {
      if (destination == null && !behindProxy) {
        destination = name;
      }
      related(name);
    }
  }

  /** A host name that occurs in the flow; masked here. */
  void related(String name) {
    String shown = Masks.host(name);
    if (isName(name) && hosts.size() < LIMIT && !hosts.contains(shown)) {
      hosts.add(shown);
    }
  }

  /** A user name that occurs in the flow; masked here. */
  void user(String name) {
    shownUser(Masks.user(name));
  }

  /** The same, masked before. */
  void shownUser(String shown) {
    if (shown != null && !shown.isEmpty() && users.size() < LIMIT && !users.contains(shown)) {
      users.add(shown);
    }
  }

  String destination() {
    return destination;
  }

  List<String> hosts() {
    return hosts;
  }

  List<String> users() {
    return users;
  }

  /** False for nothing and for IP addresses, which are no names. */
  private static boolean isName(String text) {
    if (text == null || text.isEmpty() || text.indexOf(':') >= 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return true;
      }
    }
    return false;
  }
}
