package dev.forensics.indexer.decode;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * UDP ports of one's own on which a network's tunnels stand, beside the well-known ones. What
 * stands on such a port is still looked at: a packet without a valid header stays a UDP flow.
 * Immutable.
 */
public final class TunnelPorts {
  private static final Map<String, Integer> WELL_KNOWN = wellKnown();

  /** No port of one's own. */
  public static final TunnelPorts NONE = new TunnelPorts(new TreeMap<>());

  /** How many ports there may be. */
  public static final int MOST = 64;

  private final SortedMap<Integer, String> names;
  private final int[] ports;
  private final int[] wellKnown;

  private TunnelPorts(SortedMap<Integer, String> names) {
    this.names = names;
    ports = names.keySet().stream().mapToInt(port -> port).toArray();
    wellKnown = names.values().stream().mapToInt(WELL_KNOWN::get).toArray();
  }

  private static Map<String, Integer> wellKnown() {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("vxlan", UdpTunnels.VXLAN);
    all.put("vxlan_gpe", UdpTunnels.VXLAN_GPE);
    all.put("geneve", UdpTunnels.GENEVE);
    all.put("tzsp", UdpTunnels.TZSP);
    all.put("gtp_u", UdpTunnels.GTP_U);
    all.put("l2tp", UdpTunnels.L2TP);
    all.put("teredo", UdpTunnels.TEREDO);
    all.put("mpls", UdpTunnels.MPLS);
    return Collections.unmodifiableMap(all);
  }

  /** Names of the tunnels that may stand on other ports. */
  public static List<String> tunnels() {
    return List.copyOf(WELL_KNOWN.keySet());
  }

  /**
   * With one port more.
   *
   * @param tunnel one of {@link #tunnels}
   * @param port 1 to 65535
   * @throws IllegalArgumentException when there is no such tunnel or port, when the port is another
   *     tunnel's, well-known or not, or past {@link #MOST}; the message says which
   */
  public TunnelPorts with(String tunnel, int port) {
    Integer known = WELL_KNOWN.get(tunnel);
    if (known == null) {
      throw new IllegalArgumentException(
          "no tunnel is called '" + tunnel + "', only " + String.join(", ", tunnels()));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("must be a port from 1 to 65535, not " + port);
    }
    String other = tunnelOf(port);
    if (other != null && !other.equals(tunnel)) {
      throw new IllegalArgumentException("port " + port + " is that of " + other);
    }
    if (names.size() == MOST) {
      throw new IllegalArgumentException("more than " + MOST + " ports");
    }
    if (other != null) {
      return this;
    }
    SortedMap<Integer, String> more = new TreeMap<>(names);
    more.put(port, tunnel);
    return new TunnelPorts(more);
  }

  /** The tunnel that stands on a port; null when none does. */
  private String tunnelOf(int port) {
    if (port == UdpTunnels.VXLAN_LINUX) {
      return "vxlan";
    }
    return WELL_KNOWN.entrySet().stream()
        .filter(tunnel -> tunnel.getValue() == port)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(names.get(port));
  }

  /**
   * What {@link DecodedPacket#tunnelPort} says, such as "vxlan/14789".
   *
   * @throws IllegalArgumentException for 0
   */
  public static String text(int tunnelPort) {
    return WELL_KNOWN.entrySet().stream()
        .filter(tunnel -> tunnel.getValue() == tunnelPort >>> 16)
        .map(tunnel -> tunnel.getKey() + '/' + (tunnelPort & 0xFFFF))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no port of a tunnel: " + tunnelPort));
  }

  /**
   * With one port more, as {@link #text} has it.
   *
   * @throws IllegalArgumentException as {@link #with(String, int)}
   */
  public TunnelPorts with(String text) {
    int slash = text.indexOf('/');
    String port = text.substring(slash + 1);
    if (slash < 0 || !port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "must be a tunnel and its port, such as vxlan/14789, not '" + text + "'");
    }
    return with(text.substring(0, slash), Integer.parseInt(port));
  }

  /** With those of another one; where both have a port, this one's tunnel stays. */
  public TunnelPorts with(TunnelPorts others) {
    if (others.names.isEmpty() || equals(others)) {
      return this;
    }
    SortedMap<Integer, String> all = new TreeMap<>(others.names);
    all.putAll(names);
    return new TunnelPorts(all);
  }

  /** The well-known port of the tunnel on a port of one's own; 0 for any other. */
  int wellKnown(int port) {
    for (int i = 0; i < ports.length; i++) {
      if (ports[i] == port) {
        return wellKnown[i];
      }
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TunnelPorts ports && names.equals(ports.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return String.join(
        ", ", names.entrySet().stream().map(own -> own.getValue() + '/' + own.getKey()).toList());
  }
}
