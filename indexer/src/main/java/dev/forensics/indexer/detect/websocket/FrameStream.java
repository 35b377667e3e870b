package dev.forensics.indexer.detect.websocket;

import dev.forensics.indexer.detect.EarlyBytes;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;

/**
 * One direction of a WebSocket: finds its frames (RFC 6455 section 5.2), takes their masks off and
 * hands on the data of messages, fragmented or not, one behind the other. Control frames between
 * fragments are passed over, compressed messages too.
 *
 * <pre>
 * FIN RSV1 RSV2 RSV3 opcode | MASK length | [length (2 or 8)] | [masking key (4)] | data
 * </pre>
 */
final class FrameStream {
  private static final int HEADER_LIMIT = 14;
  private static final int CHUNK = 2048;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int FIRST_CONTROL = 8;
  private static final int LAST_CONTROL = 10;
  private static final int CONTROL_LIMIT = 125;
  private static final int RSV1 = 0x40;
  private static final int OTHER_RESERVED = 0x30;

  private final Direction direction;
  private final byte[] header = new byte[HEADER_LIMIT];
  private byte[] plain;
  private int headerLength;
  private long left;
  private long position;
  private boolean inFrame;
  private boolean compressed;
  private boolean control;
  private boolean broken;

  FrameStream(Direction direction) {
    this.direction = direction;
  }

  /** Memory of the data whose mask was taken off. */
  int keptBytes() {
    return plain == null ? 0 : plain.length;
  }

  /**
   * Reads on.
   *
   * @return false when the bytes are no frames, or the taker wants no more
   */
  boolean read(
      byte[] buffer,
      int offset,
      int length,
      WebSocketFacts facts,
      EarlyBytes.Taker taker,
      long timestampNanos) {
    int at = offset;
    int end = offset + length;
    boolean wanted = true;
    while (at < end && !broken && wanted) {
      if (!inFrame) {
        header[headerLength++] = buffer[at++];
        begin(facts);
      } else {
        int taken = (int) Math.min(left, end - at);
        if (!control && !compressed) {
          wanted = handOn(buffer, at, taken, taker, timestampNanos);
        }
        advance(taken);
        at += taken;
      }
    }
    return !broken && wanted;
  }

  private void advance(long count) {
    left -= count;
    position += count;
    if (left == 0) {
      inFrame = false;
      headerLength = 0;
    }
  }

  /**
   * Bytes are missing here.
   *
   * @return how many of them are data that a taker would have got; -1 when the place is lost
   */
  long gap(long lengthBytes) {
    if (!inFrame || lengthBytes > left) {
      broken = true;
      return -1;
    }
    boolean data = !control && !compressed;
    advance(lengthBytes);
    return data ? lengthBytes : 0;
  }

  private void begin(WebSocketFacts facts) {
    int first = header[0] & 0xFF;
    int opcode = first & 0x0F;
    boolean known = opcode <= BINARY || (opcode >= FIRST_CONTROL && opcode <= LAST_CONTROL);
    if (!known || (first & OTHER_RESERVED) != 0) {
      broken = true;
      return;
    }
    if (headerLength < 2) {
      return;
    }
    int length = header[1] & 0x7F;
    int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    int mask = (header[1] & 0x80) != 0 ? 4 : 0;
    if (headerLength < 2 + extended + mask) {
      return;
    }
    left = extended == 0 ? length : extended == 2 ? Octets.u16(header, 2) : Octets.i64(header, 2);
    control = opcode >= FIRST_CONTROL;
    broken = left < 0 || (control && left > CONTROL_LIMIT);
    if (!control && opcode != CONTINUATION) {
      message(first, opcode, facts);
    }
    position = 0;
    inFrame = left > 0;
    headerLength = inFrame ? headerLength : 0;
  }

  private void message(int first, int opcode, WebSocketFacts facts) {
    compressed = (first & RSV1) != 0;
    facts.compressed |= compressed;
    facts.text |= opcode == TEXT;
    facts.binary |= opcode == BINARY;
  }

  private boolean handOn(
      byte[] buffer, int from, int length, EarlyBytes.Taker taker, long timestampNanos) {
    if ((header[1] & 0x80) == 0) {
      return taker.take(direction, buffer, from, length, timestampNanos);
    }
    if (plain == null) {
      plain = new byte[CHUNK];
    }
    int key = headerLength - 4;
    boolean wanted = true;
    for (int done = 0; done < length && wanted; done += CHUNK) {
      int count = Math.min(CHUNK, length - done);
      for (int i = 0; i < count; i++) {
        int turn = (int) ((position + done + i) & 3);
        plain[i] = (byte) (buffer[from + done + i] ^ header[key + turn]);
      }
      wanted = taker.take(direction, plain, 0, count, timestampNanos);
    }
    return wanted;
  }
}
