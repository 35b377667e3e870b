package dev.forensics.indexer.decode;

/**
 * Tunnels over UDP, by well-known port or one of {@link TunnelPorts}, and then by a header that has
 * to be valid. Where either does not hold the packet is a UDP flow.
 */
final class UdpTunnels {
  static final int L2TP = 1701;
  static final int GTP_U = 2152;
  static final int TEREDO = 3544;
  static final int VXLAN = 4789;
  static final int VXLAN_GPE = 4790;
  static final int GENEVE = 6081;
  static final int MPLS = 6635;
  static final int VXLAN_LINUX = 8472;
  static final int TZSP = 37008;

  private UdpTunnels() {}

  /** Reads the tunnel behind a UDP header at the cursor; the packet is complete as a UDP flow. */
  static int decode(Cursor cursor, DecodedPacket packet) {
    int port = tunnelPort(packet.destinationPort);
    if (port == 0) {
      // the server side of these answers from the well-known port
      port = answeringPort(packet.sourcePort);
    }
    return port == 0 ? onOwnPort(cursor, packet) : tunnel(port, cursor, packet);
  }

  private static int onOwnPort(Cursor cursor, DecodedPacket packet) {
    int own = packet.destinationPort;
    int port = cursor.ports.wellKnown(own);
    if (port == 0) {
      own = packet.sourcePort;
      port = answeringPort(cursor.ports.wellKnown(own));
    }
    if (port == 0) {
      return Next.FLOW;
    }
    int next = tunnel(port, cursor, packet);
    packet.tunnelPort = port << 16 | own;
    return next;
  }

  private static int tunnelPort(int port) {
    return switch (port) {
      case L2TP, GTP_U, TEREDO, VXLAN, VXLAN_GPE, GENEVE, MPLS, VXLAN_LINUX, TZSP -> port;
      default -> 0;
    };
  }

  private static int answeringPort(int port) {
    return port == L2TP || port == GTP_U || port == TEREDO ? port : 0;
  }

  private static int tunnel(int port, Cursor cursor, DecodedPacket packet) {
    cursor.outer.save(packet);
    cursor.at += UdpHeader.LENGTH;
    return switch (port) {
      case L2TP -> L2tpHeader.decode(cursor, packet);
      case GTP_U -> GtpHeader.decode(cursor, packet);
      case TEREDO -> TeredoHeader.decode(cursor, packet);
      case GENEVE -> GeneveHeader.decode(cursor, packet);
      case TZSP -> TzspHeader.decode(cursor, packet);
      case MPLS -> cursor.enter(packet, Tunnel.MPLS, DecodedPacket.NONE, EtherType.MPLS);
      case VXLAN_GPE -> VxlanHeader.decodeGpe(cursor, packet);
      default -> VxlanHeader.decode(cursor, packet);
    };
  }
}
