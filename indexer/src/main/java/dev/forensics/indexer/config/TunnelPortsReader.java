package dev.forensics.indexer.config;

import dev.forensics.indexer.decode.TunnelPorts;

/** Reads "tunnel_ports": ports by the name of the tunnel that stands on them. */
final class TunnelPortsReader {
  private static final String KEY = "tunnel_ports";

  private TunnelPortsReader() {}

  /**
   * The ports of a mapping that has the key.
   *
   * @param fallback when the key is not given
   */
  static TunnelPorts read(ConfigNode parent, TunnelPorts fallback) {
    boolean isGiven = parent.has(KEY);
    ConfigNode node = parent.mapping(KEY);
    TunnelPorts ports = TunnelPorts.NONE;
    for (String tunnel : TunnelPorts.tunnels()) {
      ports = read(node, tunnel, ports);
    }
    return isGiven ? ports : fallback;
  }

  private static TunnelPorts read(ConfigNode node, String tunnel, TunnelPorts before) {
    TunnelPorts ports = before;
    for (Integer port : node.numbers(tunnel, 1, 65_535)) {
      try {
        ports = ports.with(tunnel, port);
      } catch (IllegalArgumentException e) {
        node.fault(tunnel, e.getMessage());
      }
    }
    return ports;
  }
}
