package dev.forensics.indexer.detect.dns;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;

/**
 * DNS over TCP (RFC 1035 4.2.2): each message has its length in two bytes before it. Of a message
 * longer than {@link #MESSAGE_LIMIT} the first bytes are read. After a gap a side is given up,
 * since nothing marks the next message.
 */
final class DnsStreamParser implements ProtocolParser {
  private static final int MESSAGE_LIMIT = 4096;

  private final DnsParser messages;
  private final Side originator = new Side();
  private final Side responder = new Side();

  DnsStreamParser(DnsParser messages) {
    this.messages = messages;
  }

  /** One direction's current message. */
  private static final class Side {
    final ByteAssembly bytes = new ByteAssembly(MESSAGE_LIMIT + 2);
    int missing;
    boolean lost;
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    int used = 0;
    while (used < length && !side.lost) {
      used += take(side, buffer, offset + used, length - used);
      if (side.bytes.length() >= 2 && side.missing == 0) {
        messages.payload(direction, side.bytes.bytes(), 2, side.bytes.length() - 2, timestampNanos);
        side.bytes.clear();
      }
    }
    return !side.lost;
  }

  /** Takes bytes up to the end of the length field or of the message. */
  private static int take(Side side, byte[] buffer, int offset, int length) {
    if (side.bytes.length() < 2) {
      int header = Math.min(2 - side.bytes.length(), length);
      side.bytes.add(buffer, offset, header);
      if (side.bytes.length() == 2) {
        side.missing = Octets.u16(side.bytes.bytes(), 0);
      }
      return header;
    }
    int part = Math.min(side.missing, length);
    side.bytes.add(buffer, offset, part);
    side.missing -= part;
    return part;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    side.lost = true;
    side.bytes.release();
    return false;
  }

  @Override
  public boolean nextSegment(FlowFacts next) {
    return messages.nextSegment(next);
  }
}
