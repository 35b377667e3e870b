package dev.forensics.indexer.samples;

import dev.forensics.indexer.decode.PacketBuilder;

/**
 * Who speaks to whom, through what.
 *
 * @param client literal address
 * @param clientPort 1..65535
 * @param server literal address
 * @param serverPort 1..65535
 * @param roundTripNanos from the capture point to the server and back
 * @param wrapping what stands before the IP header
 */
record Route(
    String client,
    int clientPort,
    String server,
    int serverPort,
    long roundTripNanos,
    Wrapping wrapping) {
  private static final int CLIENT_TTL = 64;
  private static final int SERVER_TTL = 52;

  /** A packet of this direction, up to and with its IP header. */
  PacketBuilder packet(boolean fromClient) {
    String source = fromClient ? client : server;
    String destination = fromClient ? server : client;
    PacketBuilder start = wrapping.start(this, fromClient);
    PacketBuilder ip =
        source.indexOf(':') >= 0
            ? start.ipv6(source, destination)
            : start.ipv4(source, destination);
    return ip.ttl(fromClient ? CLIENT_TTL : SERVER_TTL);
  }
}
