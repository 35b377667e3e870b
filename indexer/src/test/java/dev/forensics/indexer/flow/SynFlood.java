package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.FlowHash;

/**
 * Many connections, each from another address: a SYN alone, or a handshake and a request of 100
 * bytes. Reuses one packet.
 */
public final class SynFlood {
  private final FlowTable table;
  private final DecodedPacket p;
  private int host;

  /**
   * Floods a table.
   *
   * @param table the table
   * @param p a TCP packet with 100 bytes in its buffer, used for all
   */
  public SynFlood(FlowTable table, DecodedPacket p) {
    this.table = table;
    this.p = p;
  }

  /** Opens so many connections. */
  public void run(int connections, boolean answered) {
    for (int i = 0; i < connections; i++) {
      host++;
      send(TestPackets.SYN, true, 0);
      if (answered) {
        send(TestPackets.SYN | TestPackets.ACK, false, 0);
        send(TestPackets.ACK, true, 0);
        send(TestPackets.ACK, true, 100);
      }
    }
  }

  private void send(int flags, boolean fromHost, int length) {
    p.timestampNanos += 1000;
    p.clockNanos = p.timestampNanos;
    p.position += 70;
    p.identification = (p.identification + 1) & 0xFFFF;
    p.tcpFlags = flags;
    p.sourceLow = fromHost ? host : 0x0A000002L;
    p.destinationLow = fromHost ? 0x0A000002L : host;
    p.sourcePort = fromHost ? 40000 : 443;
    p.destinationPort = fromHost ? 443 : 40000;
    p.sequence = (flags & TestPackets.SYN) != 0 ? 1000 : 1001;
    p.acknowledgment = 1001;
    p.payloadLength = length;
    p.payloadWireLength = length;
    FlowHash.set(p, 1);
    table.packet(p);
  }
}
