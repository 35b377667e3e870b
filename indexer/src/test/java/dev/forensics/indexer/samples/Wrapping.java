package dev.forensics.indexer.samples;

import dev.forensics.indexer.decode.PacketBuilder;

/** What stands before the IP header of a conversation: Ethernet alone, or VLAN tags and tunnels. */
@FunctionalInterface
interface Wrapping {
  long GATEWAY_MAC = 0x0200_0000_00FEL;

  /** Ethernet between the client and its gateway. */
  Wrapping ETHERNET =
      (route, fromClient) -> {
        long client = 0x0200_0000_0100L + (route.client().hashCode() & 0xFF);
        return fromClient
            ? PacketBuilder.ethernet(client, GATEWAY_MAC)
            : PacketBuilder.ethernet(GATEWAY_MAC, client);
      };

  /** Starts a packet of this direction, up to before the IP header. */
  PacketBuilder start(Route route, boolean fromClient);

  /** The IP header of a tunnel's outside, in this direction. */
  static PacketBuilder outerIp(PacketBuilder outside, boolean fromClient) {
    return fromClient
        ? outside.ipv4("10.255.0.1", "10.255.0.2")
        : outside.ipv4("10.255.0.2", "10.255.0.1");
  }
}
