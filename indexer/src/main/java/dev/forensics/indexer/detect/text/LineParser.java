package dev.forensics.indexer.detect.text;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * A parser of a protocol whose both sides speak lines. Cuts the stream, keeps one bounded line a
 * side, and after lost bytes goes on with the next whole line.
 */
public abstract class LineParser implements ProtocolParser {
  /** The flow this parser reads. */
  protected final Flow flow;

  private final LineBuffer originator = new LineBuffer();
  private final LineBuffer responder = new LineBuffer();
  private boolean finished;

  /** A parser of this flow. */
  protected LineParser(Flow flow) {
    this.flow = flow;
  }

  /**
   * A whole line, without CR and LF.
   *
   * @param line valid during the call only, from index 0
   * @param length in bytes; a longer line comes cut to 1024
   */
  protected abstract void line(Direction direction, byte[] line, int length, long timestampNanos);

  /** Nothing that follows is of use: both sides changed to TLS, for instance. */
  protected final void finish() {
    finished = true;
  }

  /** Leaves out this many bytes of a direction that are no lines. */
  protected final void skip(Direction direction, long bytes) {
    side(direction).skip(bytes);
  }

  /** The protocol shows who the client is; decides the flow's opener when its start was missed. */
  protected final void clientIs(Direction direction) {
    Endpoints.clientIs(flow, direction);
  }

  @Override
  public final boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    LineBuffer side = side(direction);
    int used = 0;
    while (used < length && !finished) {
      used += side.feed(buffer, offset + used, length - used);
      if (side.complete()) {
        if (!side.broken()) {
          line(direction, side.bytes(), side.length(), timestampNanos);
        }
        side.next();
      }
    }
    return !finished;
  }

  @Override
  public final boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    side(direction).gap(lengthBytes);
    return !finished;
  }

  private LineBuffer side(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }
}
