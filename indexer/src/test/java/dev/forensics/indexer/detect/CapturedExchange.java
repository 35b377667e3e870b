package dev.forensics.indexer.detect;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A TCP connection packet by packet through decoder, flow table and rules, ten milliseconds between
 * packets. Packets of a side can pass by without being captured.
 */
public final class CapturedExchange implements FindingSink {
  public static final int PUSH = PacketBuilder.PSH | PacketBuilder.ACK;
  private static final int FINISH = PacketBuilder.FIN | PacketBuilder.ACK;
  private static final long START_NANOS = 1_790_000_000_000_000_000L;

  private final PacketDecoder decoder = new PacketDecoder();
  private final DecodedPacket packet = new DecodedPacket();
  private final FlowTable table;
  private final List<InspectedFlow> flows = new ArrayList<>();
  private final List<Verdict> raised = new ArrayList<>();
  private long nanos = START_NANOS;
  private int identification = 1;
  private boolean seesClient = true;
  private boolean seesServer = true;
  private int snapBytes = Integer.MAX_VALUE;
  private int clientSequence = 1000;
  private int serverSequence = 5000;
  private int clientPort = 50_000;

  public CapturedExchange() {
    table =
        new FlowTable(
            FlowSettings.defaults(),
            new Inspection(DetectionSettings.defaults(), PrefixTable.builtIn(), this));
    decoder.startCapture(0);
  }

  /** From now on packets of these sides are captured. */
  public CapturedExchange capture(boolean client, boolean server) {
    seesClient = client;
    seesServer = server;
    return this;
  }

  /** From now on at most so many bytes of a packet's payload are captured. */
  public CapturedExchange snap(int payloadBytes) {
    snapBytes = 54 + payloadBytes;
    return this;
  }

  public CapturedExchange open() {
    client(PacketBuilder.SYN, "");
    clientSequence++;
    server(PacketBuilder.SYN | PacketBuilder.ACK, "");
    serverSequence++;
    return clientAck();
  }

  public CapturedExchange client(String payload) {
    client(PUSH, payload);
    clientSequence += payload.length();
    return this;
  }

  public CapturedExchange server(String payload) {
    server(PUSH, payload);
    serverSequence += payload.length();
    return this;
  }

  /** A request and its answer, both acknowledged. */
  public CapturedExchange ask(String request, String answer) {
    return client(request).serverAck().server(answer).clientAck();
  }

  public CapturedExchange clientAck() {
    return client(PacketBuilder.ACK, "");
  }

  public CapturedExchange serverAck() {
    return server(PacketBuilder.ACK, "");
  }

  public CapturedExchange close() {
    client(FINISH, "");
    clientSequence++;
    server(FINISH, "");
    serverSequence++;
    return clientAck();
  }

  public CapturedExchange clientReset() {
    return client(PacketBuilder.RST | PacketBuilder.ACK, "");
  }

  /** Another connection between the same hosts. */
  public CapturedExchange again(int port, int ofClient, int ofServer) {
    clientPort = port;
    clientSequence = ofClient;
    serverSequence = ofServer;
    return this;
  }

  public CapturedExchange later(long millis) {
    nanos += millis * 1_000_000L;
    return this;
  }

  public int clientSequence() {
    return clientSequence;
  }

  public int serverSequence() {
    return serverSequence;
  }

  /** A packet that changes nothing of what is expected next. */
  public CapturedExchange inject(
      boolean fromClient, int ttl, int flags, int sequence, String payload) {
    return packet(fromClient, ttl, flags, sequence, payload);
  }

  private CapturedExchange client(int flags, String payload) {
    return packet(true, 64, flags, clientSequence, payload);
  }

  private CapturedExchange server(int flags, String payload) {
    return packet(false, 52, flags, serverSequence, payload);
  }

  private CapturedExchange packet(
      boolean fromClient, int ttl, int flags, int sequence, String payload) {
    nanos += 10_000_000L;
    boolean first = flags == PacketBuilder.SYN;
    PacketBuilder built =
        fromClient
            ? PacketBuilder.ethernet().ipv4("10.20.2.15", "203.0.113.77")
            : PacketBuilder.ethernet().ipv4("203.0.113.77", "10.20.2.15");
    built.ttl(ttl).identification(identification++);
    built = fromClient ? built.tcp(clientPort, 443) : built.tcp(443, clientPort);
    built.flags(flags).sequence(sequence).window(64_000);
    built.acknowledgment(first ? 0 : fromClient ? serverSequence : clientSequence);
    if (fromClient ? seesClient : seesServer) {
      byte[] frame = built.payload(payload.getBytes(StandardCharsets.ISO_8859_1)).build();
      PacketRecord record = PacketBuilder.record(frame, nanos);
      record.capturedLength = Math.min(record.capturedLength, snapBytes);
      if (decoder.decode(record, packet)) {
        packet.clockNanos = nanos;
        table.packet(packet);
      }
    }
    return this;
  }

  /** Ends all flows; the last one. */
  public InspectedFlow end() {
    table.endAll(EndReason.END_OF_INPUT);
    return flows.get(flows.size() - 1);
  }

  /** Ends all flows; the verdict of a rule about any of them, or null. */
  public Verdict verdict(String rule) {
    table.endAll(EndReason.END_OF_INPUT);
    return soFar(rule);
  }

  /** The verdict of a rule, or null while there is none. */
  public Verdict soFar(String rule) {
    return raised.stream().filter(v -> v.rule().id().equals(rule)).findFirst().orElse(null);
  }

  public List<InspectedFlow> flows() {
    return flows;
  }

  @Override
  public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
    raised.add(verdict);
  }

  @Override
  public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    flows.add(InspectedFlow.of(flow, facts, verdicts));
  }
}
