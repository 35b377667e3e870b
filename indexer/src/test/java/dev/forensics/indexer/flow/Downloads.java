package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.FlowHash;

/**
 * Connections one after another, each over before the next begins: a handshake, a request of 100
 * bytes, an answer in twelve full segments, and the end. Reuses one packet.
 */
final class Downloads {
  private static final int SEGMENTS = 12;
  private static final int SEGMENT = 1400;
  private static final long PAUSE_NANOS = 600 * TestPackets.SECOND;

  private final FlowTable table;
  private final DecodedPacket p;
  private int port = 1024;
  private int clientNext;
  private int serverNext;

  Downloads(FlowTable table) {
    this.table = table;
    p =
        new TestPackets()
            .tcp(0, TcpConversation.CLIENT, TcpConversation.SERVER, 2, 1, 0, new byte[SEGMENT]);
  }

  void run(int connections) {
    for (int i = 0; i < connections; i++) {
      port = port == 60_000 ? 1024 : port + 1;
      p.timestampNanos += PAUSE_NANOS;
      clientNext = 1000;
      serverNext = 5000;
      client(TestPackets.SYN, 0);
      server(TestPackets.SYN | TestPackets.ACK, 0);
      client(TestPackets.ACK, 100);
      for (int segment = 0; segment < SEGMENTS; segment++) {
        server(TestPackets.ACK, SEGMENT);
      }
      server(TestPackets.ACK | TestPackets.FIN, 0);
      client(TestPackets.ACK | TestPackets.FIN, 0);
    }
  }

  private void client(int flags, int length) {
    send(flags, true, length);
    clientNext += length + ((flags & (TestPackets.SYN | TestPackets.FIN)) != 0 ? 1 : 0);
  }

  private void server(int flags, int length) {
    send(flags, false, length);
    serverNext += length + ((flags & (TestPackets.SYN | TestPackets.FIN)) != 0 ? 1 : 0);
  }

  private void send(int flags, boolean fromClient, int length) {
    p.timestampNanos += 1000;
    p.clockNanos = p.timestampNanos;
    p.position += 70;
    p.identification = (p.identification + 1) & 0xFFFF;
    p.tcpFlags = flags;
    p.sourceLow = fromClient ? 0x0A000001L : 0x0A000002L;
    p.destinationLow = fromClient ? 0x0A000002L : 0x0A000001L;
    p.sourcePort = fromClient ? port : 80;
    p.destinationPort = fromClient ? 80 : port;
    p.sequence = fromClient ? clientNext : serverNext;
    p.acknowledgment = fromClient ? serverNext : clientNext;
    p.payloadLength = length;
    p.payloadWireLength = length;
    FlowHash.set(p, 1);
    table.packet(p);
  }
}
