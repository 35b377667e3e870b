package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.decode.DecodedPacket;
import java.util.Arrays;

/** What one flow wants of one capture, and how far it has got it. */
final class Want {
  /** There is nothing more to go to. */
  static final long NONE = Long.MAX_VALUE;

  private final FlowCopy flow;
  private final Part part;
  private int nextPosition;
  private int nextSpan;
  private long skipped;

  Want(FlowCopy flow, Part part) {
    this.flow = flow;
    this.part = part;
  }

  FlowCopy flow() {
    return flow;
  }

  /** The capture; null when the file was given. */
  WantedCapture capture() {
    return part.capture();
  }

  /** Whether a file has its records is still to be said. */
  PartCheck check() {
    return new PartCheck(flow.selection(), part);
  }

  /** Where to go on: 0 for the capture's beginning, NONE when there is nothing more. */
  long next() {
    long position = nextPosition < part.positions().length ? part.positions()[nextPosition] : NONE;
    return nextSpan < part.spans().size()
        ? Math.min(position, part.spans().get(nextSpan).first())
        : position;
  }

  /** Section of what is next, NO_SECTION when it is not known. */
  long section() {
    return part.section(next());
  }

  /** Listed packets that were not reached. */
  long left() {
    return part.positions().length - nextPosition + skipped;
  }

  /** True when further records behind this one have to be looked at. */
  boolean goesOnBehind(long position) {
    return inSpan(position) && position < part.spans().get(nextSpan).last();
  }

  private boolean inSpan(long position) {
    return nextSpan < part.spans().size() && part.spans().get(nextSpan).contains(position);
  }

  /**
   * True when only decoding tells whether it wants the record at this position, or one behind it: a
   * datagram that ends in a span may have begun with a listed fragment.
   */
  boolean needsDecoding(long position) {
    boolean hasSpans = part.file() == null && nextSpan < part.spans().size();
    return hasSpans && (inSpan(position) || isNext(position));
  }

  private boolean isNext(long position) {
    return nextPosition < part.positions().length && part.positions()[nextPosition] == position;
  }

  /**
   * Whether it wants a record.
   *
   * @param decoded what it says; null when not decoded
   */
  boolean takes(PacketRecord record, DecodedPacket decoded) {
    if (isNext(record.position)) {
      return true;
    }
    if (!inSpan(record.position)) {
      return false;
    }
    boolean own = part.file() != null || isOwn(record, decoded);
    return own && record.timestampNanos < part.beforeNanos();
  }

  private boolean isOwn(PacketRecord record, DecodedPacket decoded) {
    FlowSelection selection = flow.selection();
    return decoded != null
        && selection.key().matches(decoded)
        && (selection.lasts(record.timestampNanos) || isEndOfSpan(record.position));
  }

  /** Looked at before, see {@link PartCheck}. Between them another time is another connection. */
  private boolean isEndOfSpan(long position) {
    Span span = part.spans().get(nextSpan);
    return position == span.first() || position == span.last();
  }

  /** Whether a record before this one is listed, and so has been taken. */
  boolean lists(long position) {
    return Arrays.binarySearch(part.positions(), position) >= 0;
  }

  /** The record at this position has been dealt with. */
  void passed(long position) {
    while (nextPosition < part.positions().length && part.positions()[nextPosition] <= position) {
      skipped += part.positions()[nextPosition] < position ? 1 : 0;
      nextPosition++;
    }
    while (nextSpan < part.spans().size() && part.spans().get(nextSpan).last() <= position) {
      nextSpan++;
    }
  }
}
