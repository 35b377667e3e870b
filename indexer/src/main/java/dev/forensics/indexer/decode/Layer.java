package dev.forensics.indexer.decode;

/** Layers at which decoding can stop. */
public enum Layer {
  LINK,
  VLAN,
  MPLS,
  PPP,
  IPV4,
  IPV6,
  IPV6_EXTENSION,
  AH,
  TUNNEL,
  TCP,
  UDP,
  SCTP,
  ICMP;
}
