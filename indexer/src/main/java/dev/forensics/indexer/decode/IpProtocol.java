package dev.forensics.indexer.decode;

/** IP protocol numbers (IANA) that the decoder follows. */
final class IpProtocol {
  static final int HOP_BY_HOP = 0;
  static final int ICMP = 1;
  static final int IPV4 = 4;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int DCCP = 33;
  static final int IPV6 = 41;
  static final int ROUTING = 43;
  static final int FRAGMENT = 44;
  static final int GRE = 47;
  static final int ESP = 50;
  static final int AUTHENTICATION = 51;
  static final int ICMPV6 = 58;
  static final int NO_NEXT_HEADER = 59;
  static final int DESTINATION_OPTIONS = 60;
  static final int OSPF = 89;
  static final int ETHER_IP = 97;
  static final int PIM = 103;
  static final int VRRP = 112;
  static final int L2TP = 115;
  static final int SCTP = 132;
  static final int MOBILITY = 135;
  static final int UDP_LITE = 136;
  static final int MPLS = 137;
  static final int HIP = 139;
  static final int SHIM6 = 140;

  private IpProtocol() {}

  /** True for protocols that have a name here: what real packets carry, nearly always. */
  static boolean isFollowed(int protocol) {
    return switch (protocol) {
      case HOP_BY_HOP, ICMP, IPV4, TCP, UDP, DCCP, IPV6, ROUTING, FRAGMENT, GRE, ESP -> true;
      case AUTHENTICATION, ICMPV6, NO_NEXT_HEADER, DESTINATION_OPTIONS, ETHER_IP, L2TP -> true;
      case SCTP, MOBILITY, UDP_LITE, MPLS, HIP, SHIM6, OSPF, PIM, VRRP -> true;
      default -> false;
    };
  }

  /** Reads what an IP protocol number announces at the cursor. */
  static int decode(int protocol, Cursor cursor, DecodedPacket packet) {
    packet.protocol = protocol;
    return switch (protocol) {
      case TCP -> TcpHeader.decode(cursor, packet);
      case UDP -> UdpHeader.decode(cursor, packet);
      case ICMP, ICMPV6 -> IcmpHeader.decode(cursor, packet);
      case SCTP -> SctpHeader.decode(cursor, packet);
      default -> decodeRare(protocol, cursor, packet);
    };
  }

  private static int decodeRare(int protocol, Cursor cursor, DecodedPacket packet) {
    return switch (protocol) {
      case AUTHENTICATION -> AuthenticationHeader.decode(cursor, packet);
      case HOP_BY_HOP, ROUTING, FRAGMENT, DESTINATION_OPTIONS, MOBILITY, HIP, SHIM6 ->
          packet.ipVersion == 6
              ? Ipv6Extension.decode(protocol, cursor, packet)
              : portless(cursor, packet);
      case UDP_LITE, DCCP -> ports(cursor, packet);
      case GRE, IPV4, IPV6, ETHER_IP, L2TP, MPLS -> tunnel(protocol, cursor, packet);
      default -> portless(cursor, packet);
    };
  }

  /** What holds for the packet if the tunnel's inside makes no sense is its own protocol's flow. */
  private static int tunnel(int protocol, Cursor cursor, DecodedPacket packet) {
    portless(cursor, packet);
    cursor.outer.save(packet);
    return switch (protocol) {
      case GRE -> GreHeader.decode(cursor, packet);
      case IPV4 -> cursor.enter(packet, Tunnel.IP_IN_IP, DecodedPacket.NONE, EtherType.IPV4);
      case IPV6 -> cursor.enter(packet, Tunnel.IP_IN_IP, DecodedPacket.NONE, EtherType.IPV6);
      case ETHER_IP -> EtherIpHeader.decode(cursor, packet);
      case L2TP -> L2tpHeader.decodeOverIp(cursor, packet);
      default -> cursor.enter(packet, Tunnel.MPLS, DecodedPacket.NONE, EtherType.MPLS);
    };
  }

  /** A protocol without ports, or one whose ports are unknown: all behind the IP header counts. */
  static int portless(Cursor cursor, DecodedPacket packet) {
    packet.sourcePort = 0;
    packet.destinationPort = 0;
    packet.oneWay = false;
    packet.transportChecksum = 0;
    return payload(0, cursor, packet);
  }

  /** Both protocols have the port numbers first, as UDP has. */
  private static int ports(Cursor cursor, DecodedPacket packet) {
    portless(cursor, packet);
    if (cursor.has(8)) {
      packet.sourcePort = cursor.u16(0);
      packet.destinationPort = cursor.u16(2);
      packet.transportChecksum = cursor.u16(6);
      payload(8, cursor, packet);
    }
    return Next.FLOW;
  }

  /**
   * Says where the payload stands.
   *
   * @param headerLength from the cursor, in bytes; what of it is not stored leaves 0 payload bytes
   */
  static int payload(int headerLength, Cursor cursor, DecodedPacket packet) {
    int stored = Math.min(headerLength, cursor.length());
    packet.payloadOffset = cursor.at + stored;
    packet.payloadLength = cursor.length() - stored;
    packet.payloadWireLength = Math.max(0, cursor.wireLength() - headerLength);
    return Next.FLOW;
  }
}
