package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.flow.Direction;

/**
 * One direction of an HTTP connection: finds the messages in it (RFC 9112 sections 6 and 7). Heads
 * are read, bodies counted. After a gap or garbage it searches the next message at the start of
 * each segment.
 */
final class HttpStream {
  private static final int HEAD_LIMIT = 1 << 20;
  private static final long SEARCH_LIMIT = 4L << 20;

  private final HttpParser parser;
  private final Direction direction;
  private final Lines lines = new Lines();
  private final HttpHead head = new HttpHead();
  private final BodyPrefix body = new BodyPrefix();
  private Http2Frames frames;
  private StreamState state = StreamState.START;
  private Sends sends = Sends.UNKNOWN;
  private boolean begun;
  private boolean searched;
  private long remaining;
  private long searchBytes;
  private int headBytes;
  private boolean methodKnown;

  HttpStream(HttpParser parser, Direction direction) {
    this.parser = parser;
    this.direction = direction;
  }

  /** Memory of the message that is being read. */
  int heldBytes() {
    int ofFrames = frames == null ? 0 : frames.keptBytes();
    return lines.heldBytes() + head.keptBytes() + body.keptBytes() + ofFrames;
  }

  boolean payload(byte[] buffer, int offset, int length, long timestampNanos) {
    if (!begun && buffer[offset] == 0) {
      beginHttp2(0);
    }
    begun = true;
    atSegmentStart(buffer, offset, length);
    int at = offset;
    int end = offset + length;
    while (at < end && state != StreamState.STOPPED) {
      at = step(buffer, at, end, timestampNanos);
    }
    lines.returnBuffer();
    return state != StreamState.STOPPED;
  }

  private int step(byte[] buffer, int at, int end, long timestampNanos) {
    return switch (state) {
      case START -> start(buffer, at, end, timestampNanos);
      case HEAD -> headLine(buffer, at, end, timestampNanos);
      case BODY, CHUNK_DATA -> bodyBytes(buffer, at, end, timestampNanos);
      case CHUNK_SIZE -> chunkSize(buffer, at, end);
      case CHUNK_END -> chunkEnd(buffer, at, end);
      case TRAILER -> trailer(buffer, at, end, timestampNanos);
      case UNTIL_CLOSE -> untilClose(buffer, at, end, timestampNanos);
      case HTTP2 -> http2(buffer, at, end, timestampNanos);
      case TUNNEL -> {
        state = parser.tunnelled(direction, buffer, at, end - at, timestampNanos);
        yield state == StreamState.START ? at : end;
      }
      case SEARCH, STOPPED -> end;
    };
  }

  /** Where the place in the stream is not sure, a segment that begins like a message is one. */
  private void atSegmentStart(byte[] buffer, int offset, int length) {
    switch (state) {
      case SEARCH -> {
        searchBytes += length;
        if (sends.mayBegin(buffer, offset, length)) {
          state = StreamState.START;
          searched = true;
        } else if (searchBytes > SEARCH_LIMIT) {
          state = StreamState.STOPPED;
        }
      }
      case START -> {
        if (searched
            && lines.heldLength() > 0
            && StartLine.match(buffer, offset, length) == Match.YES) {
          lines.reset();
        }
      }
      case UNTIL_CLOSE -> {
        if (parser.answersMissing() && StartLine.isStatus(buffer, offset, length)) {
          endBody(0);
        }
      }
      case BODY -> {
        boolean noBody = !methodKnown && !head.request && body.total() == 0;
        if (noBody && StartLine.isStatus(buffer, offset, length)) {
          endBody(0);
        }
      }
      default -> {}
    }
  }

  private int start(byte[] buffer, int from, int end, long timestampNanos) {
    int at = lines.heldLength() == 0 ? StartLine.skipEmptyLines(buffer, from, end) : from;
    if (at == end) {
      return end;
    }
    int next = lines.read(buffer, at, end);
    if (lines.complete) {
      return startLine(next, end, timestampNanos);
    }
    if (StartLine.match(lines.held(), 0, lines.heldLength()) == Match.NO) {
      lostPlace();
    }
    return next;
  }

  private int startLine(int next, int end, long timestampNanos) {
    if (StartLine.isPreface(lines.bytes, lines.offset, lines.length)) {
      beginHttp2(StartLine.PREFACE_REST);
      return next;
    }
    boolean first = parser.facts().requestCount == 0;
    if (!head.begin(lines.bytes, lines.offset, lines.length, lines.cut, first)) {
      lostPlace();
      return end;
    }
    searched = false;
    searchBytes = 0;
    sends = head.request ? Sends.REQUESTS : Sends.RESPONSES;
    if (head.request && "0.9".equals(head.version)) {
      parser.request(direction, head, timestampNanos, true);
      state = StreamState.STOPPED;
      return end;
    }
    headBytes = 0;
    state = StreamState.HEAD;
    parser.headBegun(direction, head);
    return next;
  }

  private void beginHttp2(int prefaceLeft) {
    frames = new Http2Frames(prefaceLeft);
    state = StreamState.HTTP2;
    parser.http2(direction, prefaceLeft > 0);
  }

  private int http2(byte[] buffer, int at, int end, long timestampNanos) {
    if (!frames.read(buffer, at, end - at)) {
      state = StreamState.STOPPED;
      parser.http2Message(direction, frames, timestampNanos);
    }
    return end;
  }

  private int headLine(byte[] buffer, int at, int end, long timestampNanos) {
    int next = lines.read(buffer, at, end);
    headBytes += next - at;
    if (headBytes > HEAD_LIMIT) {
      cutOff(timestampNanos);
      return end;
    }
    if (lines.complete && lines.length == 0) {
      headComplete(timestampNanos);
    } else if (lines.complete) {
      head.field(lines.bytes, lines.offset, lines.length, lines.cut);
    }
    return next;
  }

  private void headComplete(long timestampNanos) {
    body.begin();
    int method = HttpParser.UNKNOWN;
    if (head.request) {
      parser.request(direction, head, timestampNanos, true);
    } else {
      method = parser.response(direction, head, timestampNanos, true);
      methodKnown = method != HttpParser.UNKNOWN;
    }
    follow(BodyFraming.of(head, method), timestampNanos);
  }

  private void follow(BodyFraming framing, long timestampNanos) {
    switch (framing) {
      case NONE -> endBody(timestampNanos);
      case LENGTH -> {
        remaining = head.contentLength;
        state = StreamState.BODY;
      }
      case CHUNKED -> state = StreamState.CHUNK_SIZE;
      case UNTIL_CLOSE -> state = StreamState.UNTIL_CLOSE;
      case ANOTHER_RESPONSE -> state = StreamState.START;
      case TUNNEL -> {
        if (!head.request) {
          report(0, timestampNanos);
        }
        state = StreamState.TUNNEL;
      }
      case SWITCHED -> {
        report(0, timestampNanos);
        state = StreamState.STOPPED;
      }
    }
  }

  /** A tunnel was refused: what follows is HTTP again; false when none was asked for. */
  boolean leaveTunnel() {
    boolean inTunnel = state == StreamState.TUNNEL;
    state = inTunnel ? StreamState.START : state;
    return inTunnel;
  }

  /** The protocol was switched: what follows is a tunnel's, or not looked at. */
  void turnTo(StreamState next) {
    boolean fixed = state == StreamState.HTTP2 || state == StreamState.STOPPED;
    state = fixed ? state : next;
  }

  private int bodyBytes(byte[] buffer, int at, int end, long timestampNanos) {
    int taken = (int) Math.min(remaining, end - at);
    keep(buffer, at, taken, timestampNanos);
    remaining -= taken;
    if (remaining == 0) {
      complete(timestampNanos);
    }
    return at + taken;
  }

  /** The body or the chunk is complete. */
  private void complete(long timestampNanos) {
    if (state == StreamState.BODY) {
      endBody(timestampNanos);
    } else {
      state = StreamState.CHUNK_END;
    }
  }

  private int untilClose(byte[] buffer, int at, int end, long timestampNanos) {
    keep(buffer, at, end - at, timestampNanos);
    if (!body.reported && head.status >= 400) {
      parser.bodySoFar(head, body);
    }
    return end;
  }

  private int chunkSize(byte[] buffer, int at, int end) {
    int next = lines.read(buffer, at, end);
    if (!lines.complete) {
      return next;
    }
    remaining = ChunkSize.parse(lines.bytes, lines.offset, lines.length);
    if (remaining < 0) {
      lostPlace();
      return end;
    }
    state = remaining == 0 ? StreamState.TRAILER : StreamState.CHUNK_DATA;
    return next;
  }

  private int chunkEnd(byte[] buffer, int at, int end) {
    int next = lines.read(buffer, at, end);
    if (lines.complete && lines.length > 0) {
      lostPlace();
      return end;
    }
    state = lines.complete ? StreamState.CHUNK_SIZE : state;
    return next;
  }

  private int trailer(byte[] buffer, int at, int end, long timestampNanos) {
    int next = lines.read(buffer, at, end);
    if (lines.complete && lines.length == 0) {
      endBody(timestampNanos);
    }
    return next;
  }

  private void keep(byte[] buffer, int at, int length, long timestampNanos) {
    body.append(buffer, at, length);
    parser.bodyBytes(head.request, length);
    if (!body.reported && body.full()) {
      report(head.chunked ? -1 : head.contentLength, timestampNanos);
    }
  }

  private void endBody(long timestampNanos) {
    if (!body.reported) {
      report(body.total(), timestampNanos);
    }
    state = StreamState.START;
  }

  private void report(long totalBytes, long timestampNanos) {
    body.reported = true;
    parser.body(direction, head, body, totalBytes, timestampNanos);
    body.forget();
  }

  boolean gap(long lengthBytes, long timestampNanos) {
    switch (state) {
      case BODY, CHUNK_DATA -> skip(lengthBytes, timestampNanos);
      case UNTIL_CLOSE -> {
        body.skip(lengthBytes);
        parser.bodyBytes(head.request, lengthBytes);
      }
      case HEAD -> cutOff(timestampNanos);
      case START -> cutOffStartLine(timestampNanos, true);
      case TUNNEL -> state = parser.tunnelGap(direction, lengthBytes, timestampNanos);
      case HTTP2 -> state = StreamState.STOPPED;
      case STOPPED -> {}
      default -> lostPlace();
    }
    return state != StreamState.STOPPED;
  }

  private void skip(long lengthBytes, long timestampNanos) {
    long inside = Math.min(lengthBytes, remaining);
    body.skip(inside);
    parser.bodyBytes(head.request, inside);
    remaining -= inside;
    if (remaining == 0) {
      complete(timestampNanos);
    }
    if (lengthBytes > inside) {
      lostPlace();
    }
  }

  /** The rest of a head is missing: the message counts with what is known of it. */
  private void cutOff(long timestampNanos) {
    body.begin();
    body.reported = true;
    if (head.request) {
      parser.request(direction, head, timestampNanos, false);
    } else {
      parser.response(direction, head, timestampNanos, false);
      parser.body(direction, head, body, 0, timestampNanos);
    }
    lostPlace();
  }

  /** The end of a start line is missing; what is there may be enough. */
  private void cutOffStartLine(long timestampNanos, boolean missing) {
    int length = lines.heldLength();
    boolean first = parser.facts().requestCount == 0;
    boolean whole = length > 0 && StartLine.isEnough(lines.held(), length, missing);
    boolean begun = length > 0 && !whole && StartLine.isBegunRequest(lines.held(), 0, length);
    if ((whole || begun) && head.begin(lines.held(), 0, length, begun, first)) {
      sends = head.request ? Sends.REQUESTS : Sends.RESPONSES;
      cutOff(timestampNanos);
    } else {
      lostPlace();
    }
  }

  private void lostPlace() {
    lines.reset();
    if (!body.reported && body.total() > 0) {
      report(-1, 0);
    }
    state = StreamState.SEARCH;
    parser.lostPlace();
  }

  /** No more bytes will come. */
  void ended(long timestampNanos) {
    switch (state) {
      case HEAD -> cutOff(timestampNanos);
      case START -> {
        if (lines.heldLength() > 0) {
          cutOffStartLine(timestampNanos, false);
        }
      }
      case HTTP2 -> parser.http2Message(direction, frames, timestampNanos);
      case UNTIL_CLOSE -> endBody(timestampNanos);
      case BODY, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILER -> {
        if (!body.reported) {
          report(head.chunked ? -1 : head.contentLength, timestampNanos);
        }
      }
      default -> {}
    }
    state = StreamState.STOPPED;
    lines.release();
  }
}
