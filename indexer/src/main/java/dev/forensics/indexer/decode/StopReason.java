package dev.forensics.indexer.decode;

/** Why decoding of a packet ended before its transport header. */
public enum StopReason {
  /** Fewer captured bytes than the header needs, because the capture cut the packet (snaplen). */
  TRUNCATED,
  /** Fewer bytes on the wire than the header needs. */
  TOO_SHORT,
  /** A field has a value that the layer does not allow. */
  MALFORMED,
  /** A well-formed payload that carries no flow or that has no decoder: ARP, LLDP, STP... */
  NOT_IP,
  /** The capture's link type has no decoder. */
  UNSUPPORTED_LINK_TYPE,
  /** More nested layers than the decoder's bound. */
  TOO_DEEP,
  /** A fragment kept until its datagram is complete. */
  FRAGMENT_HELD,
  /** A fragment refused: overlap, over the bounds, or malformed. */
  FRAGMENT_REFUSED;
}
