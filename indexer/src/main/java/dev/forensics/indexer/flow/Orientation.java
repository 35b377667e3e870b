package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/**
 * Decides from a flow's first packet which side is the originator:
 *
 * <ol>
 *   <li>TCP with SYN: its sender; with SYN and ACK: its receiver.
 *   <li>TCP without SYN (midstream): the side whose port belongs to the lower range of 0..1023,
 *       1024..32767 and 32768..65535 responds; both in the first range: the lower port responds;
 *       otherwise the sender originates.
 *   <li>UDP and SCTP: the sender originates, unless it sends from a port of the first range to one
 *       outside it: then the request was missed and its receiver is the originator. So is the
 *       receiver of a datagram from a port of discovery, at which groups are asked, while whoever
 *       answers does so from his own address: question and answer are two flows. DHCP servers
 *       answer so, too.
 *   <li>All others: the sender.
 * </ol>
 */
final class Orientation {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final int WELL_KNOWN_END = 1024;
  private static final int EPHEMERAL_BEGIN = 32768;
  private static final int MULTICAST = 0xE; // and 0xF, of which only broadcasts are in use
  private static final int MULTICAST_6 = 0xFF;
  private static final int DHCP_SERVER = 67;
  private static final int DHCP_CLIENT = 68;
  private static final int DHCP6_SERVER = 547;
  private static final int DHCP6_CLIENT = 546;

  private Orientation() {}

  /** True when the sender of a flow's first packet is the originator. */
  static boolean senderOriginates(DecodedPacket first) {
    return switch (first.protocol) {
      case TCP -> tcp(first);
      case UDP -> !isAnswer(first) && !isFromWellKnown(first);
      case SCTP -> !isFromWellKnown(first);
      default -> true;
    };
  }

  private static boolean isFromWellKnown(DecodedPacket first) {
    return first.sourcePort < WELL_KNOWN_END && first.destinationPort >= WELL_KNOWN_END;
  }

  /** True when the ports say that a datagram answers a question that went to a group. */
  private static boolean isAnswer(DecodedPacket first) {
    int from = first.sourcePort;
    int to = first.destinationPort;
    boolean discovery = isDiscovery(from) && !isDiscovery(to) && to >= WELL_KNOWN_END;
    boolean dhcp =
        (from == DHCP_SERVER && to == DHCP_CLIENT) || (from == DHCP6_SERVER && to == DHCP6_CLIENT);
    return (discovery || dhcp) && !isToGroup(first);
  }

  private static boolean isToGroup(DecodedPacket first) {
    return first.ipVersion == 4
        ? first.destinationLow >>> 28 >= MULTICAST
        : first.destinationHigh >>> 56 == MULTICAST_6;
  }

  /**
   * Ports at which groups and broadcast addresses are asked; none of those that systems give to
   * clients, of which a client's port would be one now and then.
   */
  private static boolean isDiscovery(int port) {
    return switch (port) {
      case 1900, // SSDP (UPnP)
          3671, // KNXnet/IP
          3702, // WS-Discovery
          5350, // PCP and NAT-PMP
          5351,
          5353, // mDNS, RFC 6762
          5355, // LLMNR, RFC 4795
          5683, // CoAP, RFC 7252
          6454, // Art-Net
          10001, // Ubiquiti
          17500, // Dropbox
          21027, // Syncthing
          27036 -> // Steam
          true;
      default -> false;
    };
  }

  private static boolean tcp(DecodedPacket first) {
    if ((first.tcpFlags & TcpTracker.SYN) != 0) {
      return (first.tcpFlags & TcpTracker.ACK) == 0;
    }
    int source = range(first.sourcePort);
    int target = range(first.destinationPort);
    if (source == 0 && target == 0) {
      return first.sourcePort >= first.destinationPort;
    }
    return source >= target;
  }

  private static int range(int port) {
    return port < WELL_KNOWN_END ? 0 : port < EPHEMERAL_BEGIN ? 1 : 2;
  }
}
