package dev.forensics.indexer.decode;

/**
 * What a header says comes after it, as one number: a name space in the upper half and the name in
 * the lower 16 bits. Negative when decoding is over.
 */
final class Next {
  /** The innermost transport header was read: the packet belongs to a flow. */
  static final int FLOW = -1;

  /** Decoding ended early; layer and reason are set. */
  static final int STOPPED = -2;

  /** Name space 0: Ethernet types, 0..65535; lengths of IEEE 802.3 below 1536. */
  static final int ETHER_TYPE = 0;

  /** Name space 1: IP protocol numbers, 0..255. */
  static final int IP_PROTOCOL = 1 << 16;

  /** Name space 2: PPP protocol numbers, 0..65535. */
  static final int PPP_PROTOCOL = 2 << 16;

  /** Name space 3: LINKTYPE_ values, 0..65535. */
  static final int LINK_TYPE = 3 << 16;

  /** Name space 4: what has no number of its own. */
  static final int FRAME = 4 << 16;

  /** An Ethernet frame inside something else. */
  static final int ETHERNET = FRAME | 1;

  /** An IEEE 802.2 LLC header. */
  static final int LLC = FRAME | 2;

  /** An IP packet whose version has to be read from it. */
  static final int IP = FRAME | 3;

  /** PPP, with or without the address and control octets. */
  static final int PPP = FRAME | 4;

  /** An IP fragment, described in the cursor. */
  static final int FRAGMENT = FRAME | 5;

  private Next() {}

  /** The layer to which a stop before this next header is counted. */
  static Layer layer(int next) {
    return switch (next >>> 16) {
      case 0 -> EtherType.layer(next);
      case 1 -> Layer.IPV6_EXTENSION;
      case 2 -> Layer.PPP;
      case 3 -> Layer.LINK;
      default -> Layer.TUNNEL;
    };
  }
}
