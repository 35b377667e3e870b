package dev.forensics.indexer.detect;

import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.ConnectionState;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A conversation played through the real engine, with all protocols and rules. */
public final class InspectedExchange implements FindingSink {
  /** Packet time of all that is played. */
  public static final long START_NANOS = 1_463_400_000_000_000_000L;

  private final Flow flow = Exchange.tcp().flow();
  private final Inspection inspection;
  private final List<Verdict> raised = new ArrayList<>();
  private List<Verdict> verdicts;
  private FlowFacts facts;

  public InspectedExchange(int serverPort) {
    this(serverPort, DetectionSettings.defaults());
  }

  public InspectedExchange(int serverPort, DetectionSettings settings) {
    flow.responderPort = serverPort;
    flow.endNanos = START_NANOS;
    flow.originator.packets = 1;
    flow.responder.packets = 1;
    inspection = new Inspection(settings, PrefixTable.builtIn(), this);
  }

  public Flow flow() {
    return flow;
  }

  public Inspection inspection() {
    return inspection;
  }

  /** Gives the server another IPv4 address. */
  public void server(String address) {
    try {
      flow.responderLow =
          ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt() & 0xFFFF_FFFFL;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  public InspectedExchange play(Exchange exchange) {
    for (Exchange.Piece piece : exchange.pieces()) {
      if (flow.wants(piece.direction())) {
        byte[] bytes = piece.bytes();
        inspection.payload(flow, piece.direction(), bytes, 0, bytes.length, START_NANOS);
      }
    }
    return this;
  }

  public void state(ConnectionState state) {
    flow.connectionState = state;
    inspection.connectionChanged(flow, Direction.RESPONDER, START_NANOS);
  }

  public InspectedExchange end(EndReason reason) {
    flow.endReason = reason;
    inspection.flowEnded(flow);
    return this;
  }

  /** What was raised so far by a rule, or null. */
  public Verdict verdict(String rule) {
    return raised.stream().filter(v -> v.rule().id().equals(rule)).findFirst().orElse(null);
  }

  public List<Verdict> raised() {
    return raised;
  }

  /** What came with the end of the flow. */
  public List<Verdict> verdicts() {
    return verdicts;
  }

  public FlowFacts facts() {
    return facts;
  }

  @Override
  public void verdict(Flow ofFlow, FlowFacts known, Verdict verdict) {
    raised.add(verdict);
  }

  @Override
  public void flow(Flow ended, FlowFacts learned, List<Verdict> all) {
    facts = learned;
    verdicts = List.copyOf(all);
  }
}
