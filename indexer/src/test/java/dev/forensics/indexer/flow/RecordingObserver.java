package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a flow table tells, as one line of text for each ended flow or segment. */
class RecordingObserver implements FlowObserver {
  final List<Flow> started = new ArrayList<>();
  final List<Flow> ended = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  final List<String> changes = new ArrayList<>();
  final List<Long> clocks = new ArrayList<>();

  /** A flow with payload waits so long for a deadline; 0 for none. */
  long waitNanos;

  Runnable whenEnded = () -> {};

  /** Bytes of memory that a flow is said to take for each byte of payload. */
  int bytesAByte;

  /** Payload of one segment of a flow, gaps written as [n]. */
  static final class Heard {
    final StringBuilder originator = new StringBuilder();
    final StringBuilder responder = new StringBuilder();
  }

  @Override
  public void flowStarted(Flow flow, DecodedPacket first) {
    started.add(flow);
    flow.attachment = new Heard();
  }

  private static StringBuilder heard(Flow flow, Direction direction) {
    Heard heard = (Heard) flow.attachment;
    return direction == Direction.ORIGINATOR ? heard.originator : heard.responder;
  }

  @Override
  public void payload(
      Flow flow, Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    heard(flow, direction).append(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    flow.observedBytes += length * bytesAByte;
    if (waitNanos > 0) {
      flow.waitUntil(flow.timeNanos() + waitNanos);
    }
  }

  @Override
  public void gap(Flow flow, Direction direction, long lengthBytes, long timestampNanos) {
    heard(flow, direction).append('[').append(lengthBytes).append(']');
  }

  @Override
  public void connectionChanged(Flow flow, Direction by, long timestampNanos) {
    changes.add(by + " " + flow.connectionState);
  }

  @Override
  public void flowEnded(Flow flow) {
    whenEnded.run();
    ended.add(flow);
    lines.add(describe(flow));
    flow.attachment = new Heard();
  }

  @Override
  public void deadlinePassed(Flow flow, long dueNanos) {
    clocks.add(dueNanos);
    lines.add("deadline " + dueNanos + " of " + describe(flow));
  }

  /** What the originator of the flow ended last had sent. */
  static String originator(Flow flow) {
    return ((Heard) flow.attachment).originator.toString();
  }

  static String responder(Flow flow) {
    return ((Heard) flow.attachment).responder.toString();
  }

  private static String describe(Flow flow) {
    StringBuilder line = new StringBuilder();
    line.append(flow.protocol).append(' ');
    line.append(flow.originatorLow & 0xFFFFFF).append(':').append(flow.originatorPort).append('>');
    line.append(flow.responderLow & 0xFFFFFF).append(':').append(flow.responderPort);
    line.append(" start=")
        .append(flow.flowStartNanos)
        .append(" hash=")
        .append(flow.firstPacketHash);
    line.append(" segment=").append(flow.segment).append(" at=").append(flow.startNanos);
    line.append("..").append(flow.endNanos).append(' ').append(flow.endReason).append(' ');
    line.append(flow.connectionState).append(' ').append(flow.history());
    line.append(" mid=").append(flow.midstream).append(" dup=").append(flow.duplicates);
    side(line, flow.originator);
    side(line, flow.responder);
    for (PacketPointers.Listed listed : flow.listed()) {
      line.append(' ').append(listed.captureIndex).append('@').append(listed.encoded());
    }
    Heard heard = (Heard) flow.attachment;
    return line.append(' ').append(heard.originator).append('|').append(heard.responder).toString();
  }

  private static void side(StringBuilder line, FlowSide side) {
    line.append(" (").append(side.packets).append(' ').append(side.bytes).append(' ');
    line.append(side.payloadBytes).append(' ').append(side.gapBytes()).append(' ');
    line.append(side.retransmittedBytes()).append(' ').append(side.outOfOrder()).append(' ');
    line.append(side.mac()).append(' ');
    line.append(side.firstPayload == null ? "-" : String.valueOf(side.firstPayload.length));
    line.append(')');
  }
}
