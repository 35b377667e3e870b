package dev.forensics.indexer.detect.websocket;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InnerStream;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** The two directions of a WebSocket, from the first byte behind the upgrade. */
public final class WebSocket {
  private final FrameStream originator = new FrameStream(Direction.ORIGINATOR);
  private final FrameStream responder = new FrameStream(Direction.RESPONDER);
  private final InnerStream inner;
  private FlowFacts outer;
  private WebSocketFacts facts;

  /** Begins with the upgrade, which stands in the facts around it. */
  public WebSocket(Flow flow, FlowFacts outer, boolean granted) {
    this.outer = outer;
    facts = outer.add(new WebSocketFacts());
    inner = new InnerStream(flow, outer, "websocket", null, 0, granted);
  }

  /** Takes bytes in order; false when this direction's bytes are of no more use. */
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    int before = seen();
    boolean wanted =
        side(direction).read(buffer, offset, length, facts, inner::payload, timestampNanos);
    if (seen() != before) {
      outer.changed();
    }
    return wanted && inner.wants(direction);
  }

  private int seen() {
    return (facts.text ? 1 : 0) + (facts.binary ? 2 : 0) + (facts.compressed ? 4 : 0);
  }

  /** Bytes are missing here; false when this direction's bytes are of no more use. */
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    long data = side(direction).gap(lengthBytes);
    return data == 0 || (data > 0 && inner.gap(direction, data, timestampNanos));
  }

  /** No more bytes will come. */
  public void ended() {
    inner.ended();
  }

  /** The flow goes on in its next segment. */
  public void nextSegment(FlowFacts next) {
    WebSocketFacts fresh = new WebSocketFacts();
    fresh.text = facts.text;
    fresh.binary = facts.binary;
    fresh.compressed = facts.compressed;
    outer = next;
    facts = next.add(fresh);
    inner.nextSegment(next);
  }

  /** Roughly how many bytes of memory it takes. */
  public int keptBytes() {
    return inner.keptBytes() + originator.keptBytes() + responder.keptBytes();
  }

  private FrameStream side(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }
}
