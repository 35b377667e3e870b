package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * A stream within a stream: what stands behind the handshake of a proxy or a WebSocket. Its bytes
 * are identified and read as those of a flow are; what is learned stands in {@link
 * FlowFacts#tunnel} of the facts around it. Streams are followed {@link #DEPTH_LIMIT} deep, deeper
 * ones are named by their carrier alone.
 */
public final class InnerStream {
  /** How many streams may be within one another. */
  public static final int DEPTH_LIMIT = 3;

  private static final int OWN_BYTES = 200;

  private final String carrier;
  private final Dialogue dialogue;
  private FlowFacts outer;
  private int revision;

  /**
   * Begins where the carrier's handshake ends.
   *
   * @param outer facts of the stream that carries this one
   * @param carrier see {@link TunnelFacts#carrier}
   * @param targetHost see {@link TunnelFacts#targetHost}
   * @param targetPort see {@link TunnelFacts#targetPort}
   * @param granted see {@link TunnelFacts#granted}
   */
  public InnerStream(
      Flow flow,
      FlowFacts outer,
      String carrier,
      String targetHost,
      int targetPort,
      boolean granted) {
    this.carrier = carrier;
    this.outer = outer;
    FlowFacts inner = new FlowFacts(outer);
    outer.tunnel = new TunnelFacts(carrier, targetHost, targetPort, granted, inner);
    boolean tooDeep = inner.depth() > DEPTH_LIMIT;
    dialogue =
        tooDeep ? null : new Dialogue(flow, inner, Protocols.set(), DetectionSettings.defaults());
    outer.changed();
  }

  /**
   * Takes bytes in order; the buffer is valid during the call only.
   *
   * @return false when this direction's bytes are of no more use
   */
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    if (dialogue == null) {
      return false;
    }
    dialogue.payload(direction, buffer, offset, length, timestampNanos);
    tell();
    return dialogue.wants(direction);
  }

  /**
   * Bytes of this direction are missing here.
   *
   * @return false when this direction's bytes are of no more use
   */
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    if (dialogue == null) {
      return false;
    }
    dialogue.gap(direction, lengthBytes, timestampNanos);
    tell();
    return dialogue.wants(direction);
  }

  /** True while bytes of this direction are of use; it never becomes true again. */
  public boolean wants(Direction direction) {
    return dialogue != null && dialogue.wants(direction);
  }

  /** No more bytes will come. */
  public void ended() {
    if (dialogue != null) {
      dialogue.ended();
      tell();
    }
  }

  /** The flow goes on in its next segment: what is within has facts of its own there. */
  public void nextSegment(FlowFacts next) {
    TunnelFacts before = outer.tunnel;
    FlowFacts inner = new FlowFacts(next);
    next.tunnel =
        new TunnelFacts(carrier, before.targetHost(), before.targetPort(), before.granted(), inner);
    outer = next;
    if (dialogue != null) {
      dialogue.nextSegment(inner);
      revision = inner.revision();
    }
  }

  /** Roughly how many bytes of memory it takes. */
  public int keptBytes() {
    return OWN_BYTES + (dialogue == null ? 0 : dialogue.keptBytes());
  }

  private void tell() {
    int latest = dialogue.facts().revision();
    if (latest != revision) {
      revision = latest;
      outer.changed();
    }
  }
}
