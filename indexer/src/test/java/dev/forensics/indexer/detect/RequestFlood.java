package dev.forensics.indexer.detect;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.FlowHash;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process of its own: many connections, each with one request that is as long as is kept, and
 * none of them ended. Prints how many flows were evicted.
 */
final class RequestFlood {
  private static final int SYN = 2;
  private static final int ACK = 16;
  private static final int TARGET = 4_000;

  private final DecodedPacket p = new DecodedPacket();
  private final FlowTable table;
  private final byte[] request =
      ("GET /" + "x".repeat(TARGET) + " HTTP/1.1\r\nHost: a\r\n\r\n")
          .getBytes(StandardCharsets.ISO_8859_1);

  private RequestFlood(FlowTable table) {
    this.table = table;
    p.ipVersion = 4;
    p.protocol = 6;
    p.vlanId = DecodedPacket.NONE;
    p.innerVlanId = DecodedPacket.NONE;
    p.sourceMac = DecodedPacket.NONE;
    p.buffer = request;
    p.destinationLow = 0x0A000002L;
    p.destinationPort = 443;
    p.timestampNanos = 1_700_000_000_000_000_000L;
  }

  /** Arguments: connections, and by what the default bounds are divided. */
  public static void main(String[] arguments) {
    FlowSettings settings = FlowSettings.defaults().perWorker(Integer.parseInt(arguments[1]));
    FindingSink nowhere =
        new FindingSink() {
          @Override
          public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {}

          @Override
          public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {}
        };
    Inspection inspection =
        new Inspection(DetectionSettings.defaults(), PrefixTable.builtIn(), nowhere);
    FlowTable table = new FlowTable(settings, inspection);
    new RequestFlood(table).run(Integer.parseInt(arguments[0]));
    System.out.println("evicted " + table.counters().ended(EndReason.EVICTED));
  }

  private void run(int connections) {
    for (int host = 1; host <= connections; host++) {
      p.sourceLow = host;
      p.sourcePort = 40_000;
      send(SYN, 1_000, 0);
      send(ACK, 1_001, request.length);
    }
  }

  private void send(int flags, int sequence, int length) {
    p.timestampNanos += 1_000;
    p.clockNanos = p.timestampNanos;
    p.position += 70;
    p.identification = (p.identification + 1) & 0xFFFF;
    p.tcpFlags = flags;
    p.sequence = sequence;
    p.payloadLength = length;
    p.payloadWireLength = length;
    FlowHash.set(p, 1);
    table.packet(p);
  }
}
