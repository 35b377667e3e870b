package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.FlowHash;

/**
 * Established connections that take turns in a scattered order: data one way, acknowledgments the
 * other. Reuses one packet, so that only the table's work is measured.
 */
public final class EstablishedFlows {
  private final FlowTable table;
  private final DecodedPacket p;
  private final int[] sequences;
  private final int mask;
  private int turn;

  /**
   * Opens the connections.
   *
   * @param table the table
   * @param flows how many; a power of two
   */
  public EstablishedFlows(FlowTable table, int flows) {
    this.table = table;
    p =
        new TestPackets()
            .tcp(0, TcpConversation.CLIENT, TcpConversation.SERVER, 2, 1, 0, new byte[1400]);
    sequences = new int[flows];
    mask = flows - 1;
    for (int i = 0; i < flows; i++) {
      send(i, TestPackets.SYN, true, 0);
      sequences[i]++;
      send(i, TestPackets.SYN | TestPackets.ACK, false, 0);
    }
  }

  /** Sends so many packets: two of data, one acknowledgment. */
  public void run(int packets) {
    for (int i = 0; i < packets; i++) {
      int flow = ((turn / 3 * 0x9E3779B1) >>> 7) & mask;
      if (turn++ % 3 == 2) {
        send(flow, TestPackets.ACK, false, 0);
      } else {
        send(flow, TestPackets.ACK, true, 1400);
        sequences[flow] += 1400;
      }
    }
  }

  private void send(int flow, int flags, boolean fromHost, int length) {
    p.timestampNanos += 1000;
    p.clockNanos = p.timestampNanos;
    p.position += 70 + length;
    p.identification = (p.identification + 1) & 0xFFFF;
    p.tcpFlags = flags;
    p.sourceLow = fromHost ? 0x0B000000L + flow : 0x0A000002L;
    p.destinationLow = fromHost ? 0x0A000002L : 0x0B000000L + flow;
    p.sourcePort = fromHost ? 40000 : 443;
    p.destinationPort = fromHost ? 443 : 40000;
    p.sequence = fromHost ? sequences[flow] : 1000 + ((flags & TestPackets.SYN) == 0 ? 1 : 0);
    p.acknowledgment = fromHost ? 1001 : sequences[flow];
    p.payloadLength = length;
    p.payloadWireLength = length;
    FlowHash.set(p, 1);
    table.packet(p);
  }
}
