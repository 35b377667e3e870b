package dev.forensics.indexer.document;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowNames;
import dev.forensics.indexer.flow.FlowObserver;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;

/** Makes the flow of packets by the real decoder and flow table, a millisecond between packets. */
final class RecordedFlow implements FlowObserver {
  /** 2026-11-22T10:15:30.123456789Z. */
  static final long START_NANOS = 1_795_342_530_123_456_789L;

  static final long STEP_NANOS = 1_000_000L;

  private static final long NAMED_CLIENT = 0xc0a8_010aL;
  private static final String CLIENT_NAME = "laptop.example.internal";

  /** Stands for the first packet's hash, so that ids do not change with the way it is made. */
  private static final long HASH = 0x0123_4567_89ab_cdefL;

  private final PacketDecoder decoder = new PacketDecoder();
  private final FlowTable table;
  private final DecodedPacket packet = new DecodedPacket();
  private int packets;
  private Flow ended;

  RecordedFlow() {
    this(FlowSettings.defaults());
  }

  RecordedFlow(FlowSettings settings) {
    table = new FlowTable(settings, this);
    decoder.startCapture(0);
  }

  /** Adds a packet. */
  RecordedFlow packet(PacketBuilder built) {
    PacketRecord record = PacketBuilder.record(built.build(), START_NANOS + packets * STEP_NANOS);
    record.position = 24 + packets * 100L;
    packets++;
    if (!decoder.decode(record, packet)) {
      throw new IllegalArgumentException("decoding stopped: " + packet.stopReason);
    }
    packet.clockNanos = record.timestampNanos;
    table.packet(packet);
    return this;
  }

  /** The flow after the last packet, ended. */
  Flow end() {
    table.endAll(EndReason.END_OF_INPUT);
    ended.firstPacketHash = HASH;
    return ended;
  }

  @Override
  public void flowStarted(Flow flow, DecodedPacket first) {
    String originator = flow.originatorLow == NAMED_CLIENT ? CLIENT_NAME : null;
    String responder = flow.responderLow == NAMED_CLIENT ? CLIENT_NAME : null;
    if (originator != null || responder != null) {
      flow.names = new FlowNames(originator, responder);
    }
  }

  @Override
  public void payload(
      Flow flow, Direction direction, byte[] buffer, int offset, int length, long time) {}

  @Override
  public void gap(Flow flow, Direction direction, long lengthBytes, long time) {}

  @Override
  public void connectionChanged(Flow flow, Direction by, long time) {}

  @Override
  public void flowEnded(Flow flow) {
    ended = flow;
  }
}
