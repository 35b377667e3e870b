package dev.forensics.indexer.decode;

/** Tunnels that the decoder looks into. */
public enum Tunnel {
  NONE,
  GRE,
  NVGRE,
  ERSPAN,
  VXLAN,
  GENEVE,
  GTP_U,
  L2TP,
  IP_IN_IP,
  TEREDO,
  MPLS_PSEUDOWIRE,
  PPPOE,
  ETHER_IP,
  /** TaZmen sniffer protocol: what a MikroTik router or an access point mirrors. */
  TZSP,
  /** MPLS right inside IP or UDP (RFC 4023, RFC 7510). */
  MPLS;
}
