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
 *       outside it: then the request was missed and its receiver is the originator.
 *   <li>All others: the sender.
 * </ol>
 */
final class Orientation {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final int WELL_KNOWN_END = 1024;
  private static final int EPHEMERAL_BEGIN = 32768;

  private Orientation() {}

  /** True when the sender of a flow's first packet is the originator. */
  static boolean senderOriginates(DecodedPacket first) {
    return switch (first.protocol) {
      case TCP -> tcp(first);
      case UDP, SCTP ->
          first.sourcePort >= WELL_KNOWN_END || first.destinationPort < WELL_KNOWN_END;
      default -> true;
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
