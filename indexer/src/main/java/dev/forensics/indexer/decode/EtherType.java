package dev.forensics.indexer.decode;

/**
 * Ethernet types that the decoder follows (IEEE registry), shared by every layer that uses them.
 */
final class EtherType {
  static final int IPV4 = 0x0800;
  static final int ARP = 0x0806;
  static final int TRANSPARENT_ETHERNET = 0x6558;
  static final int VLAN = 0x8100;
  static final int IPV6 = 0x86DD;
  static final int PPP = 0x880B;
  static final int MPLS = 0x8847;
  static final int MPLS_UPSTREAM = 0x8848;
  static final int PPPOE_SESSION = 0x8864;
  static final int SERVICE_VLAN = 0x88A8;
  static final int BACKBONE_SERVICE = 0x88E7;
  static final int VN_TAG = 0x8926;
  static final int E_TAG = 0x893F;
  static final int ERSPAN_II = 0x88BE;
  static final int ERSPAN_III = 0x22EB;
  static final int WCCP = 0x883E;
  static final int CISCO_METADATA = 0x8909;
  static final int NSH = 0x894F;

  /** Values below this one are lengths of an IEEE 802.3 frame. */
  static final int FIRST = 0x0600;

  private EtherType() {}

  /** True for the types of tags that hold a VLAN id: 802.1Q, 802.1ad and those used before it. */
  static boolean isVlan(int type) {
    return type == VLAN
        || type == SERVICE_VLAN
        || type == 0x9100
        || type == 0x9200
        || type == 0x9300;
  }

  static Layer layer(int type) {
    if (isVlan(type)) {
      return Layer.VLAN;
    }
    return switch (type) {
      case VN_TAG, E_TAG, CISCO_METADATA, BACKBONE_SERVICE -> Layer.VLAN;
      case NSH -> Layer.TUNNEL;
      case IPV4 -> Layer.IPV4;
      case IPV6 -> Layer.IPV6;
      case MPLS, MPLS_UPSTREAM -> Layer.MPLS;
      case PPP, PPPOE_SESSION -> Layer.PPP;
      default -> Layer.LINK;
    };
  }

  /** Reads what an Ethernet type (or 802.3 length) announces at the cursor. */
  static int decode(int type, Cursor cursor, DecodedPacket packet) {
    return switch (type) {
      case IPV4 -> Ipv4Header.decode(cursor, packet);
      case IPV6 -> Ipv6Header.decode(cursor, packet);
      case VLAN, SERVICE_VLAN, 0x9100, 0x9200, 0x9300 -> VlanTag.decode(cursor, packet);
      default -> decodeRare(type, cursor, packet);
    };
  }

  private static int decodeRare(int type, Cursor cursor, DecodedPacket packet) {
    return switch (type) {
      case MPLS, MPLS_UPSTREAM -> MplsStack.decode(cursor, packet);
      case PPPOE_SESSION -> PppoeHeader.decode(cursor, packet);
      case PPP -> Next.PPP;
      case TRANSPARENT_ETHERNET -> Next.ETHERNET;
      case VN_TAG -> VlanTag.skip(4, cursor, packet);
      case E_TAG, CISCO_METADATA -> VlanTag.skip(6, cursor, packet);
      case NSH -> NshHeader.decode(cursor, packet);
      case BACKBONE_SERVICE -> VlanTag.backbone(cursor, packet);
      default -> type < FIRST ? length(type, cursor, packet) : notIp(cursor, packet);
    };
  }

  /** An IEEE 802.3 frame: the type field is the length of what follows, an LLC header first. */
  private static int length(int length, Cursor cursor, DecodedPacket packet) {
    if (length > 1500) {
      return cursor.stop(packet, Layer.LINK, StopReason.MALFORMED);
    }
    cursor.shorten(length);
    return Next.LLC;
  }

  private static int notIp(Cursor cursor, DecodedPacket packet) {
    return cursor.stop(packet, Layer.LINK, StopReason.NOT_IP);
  }
}
