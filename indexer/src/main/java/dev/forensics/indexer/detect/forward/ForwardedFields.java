package dev.forensics.indexer.detect.forward;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.wire.AddressReader;

/** The clients in HTTP's fields Forwarded (RFC 7239) and X-Forwarded-For. */
public final class ForwardedFields {
  private static final String FOR = "for=";

  private ForwardedFields() {}

  /** Takes the first client of each field (or null) into the facts, where it is an address. */
  public static void read(String forwarded, String forwardedFor, FlowFacts facts) {
    note("forwarded", parameter(first(forwarded)), facts);
    note("x-forwarded-for", first(forwardedFor), facts);
  }

  private static void note(String by, String node, FlowFacts facts) {
    String address = AddressReader.read(withoutPort(node));
    if (address != null) {
      ForwardedFacts.note(facts, by, address);
    }
  }

  /** What stands before the first comma. */
  private static String first(String list) {
    if (list == null) {
      return null;
    }
    int comma = list.indexOf(',');
    return (comma < 0 ? list : list.substring(0, comma)).strip();
  }

  /** The value of "for" among parameters that semicolons part; null when there is none. */
  private static String parameter(String element) {
    if (element == null) {
      return null;
    }
    for (String pair : element.split(";", -1)) {
      String stripped = pair.strip();
      if (stripped.regionMatches(true, 0, FOR, 0, FOR.length())) {
        return stripped.substring(FOR.length()).replace("\"", "");
      }
    }
    return null;
  }

  /** 192.0.2.1:4711 and [2001:db8::1]:4711 without brackets and port. */
  private static String withoutPort(String node) {
    if (node == null || node.isEmpty()) {
      return null;
    }
    if (node.charAt(0) == '[') {
      int bracket = node.indexOf(']');
      return bracket < 0 ? null : node.substring(1, bracket);
    }
    int colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }
}
