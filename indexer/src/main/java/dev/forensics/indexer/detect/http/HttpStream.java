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
  private static final long CHUNK_LIMIT = 1L << 50;

  /** Where in a message the next byte stands. */
  private enum State {
    START,
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSE,
    SEARCH,
    HTTP2,
    TUNNEL,
    STOPPED
  }

  /** What a direction sends, known from its first message. */
  private enum Sends {
    UNKNOWN,
    REQUESTS,
    RESPONSES
  }

  private final HttpParser parser;
  private final Direction direction;
  private final Lines lines = new Lines();
  private final HttpHead head = new HttpHead();
  private final BodyPrefix body = new BodyPrefix();
  private Http2Frames frames;
  private State state = State.START;
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

  /** Memory of the line that is being put together. */
  int heldBytes() {
    return lines.heldBytes();
  }

  boolean payload(byte[] buffer, int offset, int length, long timestampNanos) {
    if (!begun) {
      begun = true;
      if (buffer[offset] == 0) {
        beginHttp2(0);
      }
    }
    atSegmentStart(buffer, offset, length);
    int at = offset;
    int end = offset + length;
    while (at < end && state != State.STOPPED) {
      at = step(buffer, at, end, timestampNanos);
    }
    return state != State.STOPPED;
  }

  private int step(byte[] buffer, int at, int end, long timestampNanos) {
    return switch (state) {
      case START -> start(buffer, at, end, timestampNanos);
      case HEAD -> headLine(buffer, at, end, timestampNanos);
      case BODY -> bodyBytes(buffer, at, end, timestampNanos);
      case CHUNK_SIZE -> chunkSize(buffer, at, end);
      case CHUNK_DATA -> chunkData(buffer, at, end, timestampNanos);
      case CHUNK_END -> chunkEnd(buffer, at, end);
      case TRAILER -> trailer(buffer, at, end, timestampNanos);
      case UNTIL_CLOSE -> untilClose(buffer, at, end, timestampNanos);
      case HTTP2 -> http2(buffer, at, end, timestampNanos);
      case TUNNEL -> {
        if (!parser.tunnelled(direction, buffer, at, end - at, timestampNanos)) {
          state = State.STOPPED;
        }
        yield end;
      }
      case SEARCH, STOPPED -> end;
    };
  }

  /** Where the place in the stream is not sure, a segment that begins like a message is one. */
  private void atSegmentStart(byte[] buffer, int offset, int length) {
    switch (state) {
      case SEARCH -> {
        searchBytes += length;
        if (mayBegin(buffer, offset, length)) {
          state = State.START;
          searched = true;
        } else if (searchBytes > SEARCH_LIMIT) {
          state = State.STOPPED;
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
        if (parser.answersMissing() && beginsWithStatus(buffer, offset, length)) {
          endBody(0);
        }
      }
      case BODY -> {
        boolean mayHaveNoBody = !methodKnown && !head.request && body.total() == 0;
        if (mayHaveNoBody && beginsWithStatus(buffer, offset, length)) {
          endBody(0);
        }
      }
      default -> {}
    }
  }

  /** A direction that sent responses goes on with responses, whatever their bodies quote. */
  private boolean mayBegin(byte[] buffer, int offset, int length) {
    Match status = StartLine.matchStatus(buffer, offset, offset + length);
    return switch (sends) {
      case RESPONSES -> status != Match.NO;
      case REQUESTS -> status != Match.YES && StartLine.match(buffer, offset, length) != Match.NO;
      case UNKNOWN -> StartLine.match(buffer, offset, length) != Match.NO;
    };
  }

  private static boolean beginsWithStatus(byte[] buffer, int offset, int length) {
    return StartLine.matchStatus(buffer, offset, offset + length) == Match.YES;
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
    if (isHttp2Preface()) {
      beginHttp2(StartLine.prefaceLength() - "PRI * HTTP/2.0\r\n".length());
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
      state = State.STOPPED;
      return end;
    }
    headBytes = 0;
    state = State.HEAD;
    parser.headBegun(direction, head);
    return next;
  }

  private boolean isHttp2Preface() {
    byte[] bytes = lines.bytes;
    int at = lines.offset;
    return lines.length == 14 && StartLine.matchPreface(bytes, at, at + lines.length) == Match.MORE;
  }

  private void beginHttp2(int prefaceLeft) {
    frames = new Http2Frames(prefaceLeft);
    state = State.HTTP2;
    parser.http2(direction, prefaceLeft > 0);
  }

  private int http2(byte[] buffer, int at, int end, long timestampNanos) {
    if (!frames.read(buffer, at, end - at)) {
      state = State.STOPPED;
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
    if (head.request) {
      parser.request(direction, head, timestampNanos, true);
      afterRequest(timestampNanos);
    } else {
      int method = parser.response(direction, head, timestampNanos);
      methodKnown = method != HttpParser.UNKNOWN;
      afterResponse(method, timestampNanos);
    }
  }

  private void afterRequest(long timestampNanos) {
    if ("CONNECT".equals(head.method)) {
      state = State.TUNNEL;
    } else if (head.chunked) {
      state = State.CHUNK_SIZE;
    } else if (head.contentLength > 0) {
      body(head.contentLength);
    } else {
      endBody(timestampNanos);
    }
  }

  private void afterResponse(int method, long timestampNanos) {
    int status = head.status;
    if (status == 101) {
      report(0, timestampNanos);
      state = State.STOPPED;
    } else if (status < 200) {
      state = State.START;
    } else if (method == HttpParser.CONNECT && status < 300) {
      report(0, timestampNanos);
      state = State.TUNNEL;
    } else if (method == HttpParser.HEAD || status == 204 || status == 304) {
      endBody(timestampNanos);
    } else if (head.chunked) {
      state = State.CHUNK_SIZE;
    } else if (head.contentLength > 0) {
      body(head.contentLength);
    } else if (head.contentLength == 0) {
      endBody(timestampNanos);
    } else {
      state = State.UNTIL_CLOSE;
    }
  }

  /** A CONNECT was refused: what follows is HTTP again. */
  void leaveTunnel() {
    if (state == State.TUNNEL) {
      state = State.START;
    }
  }

  /** The protocol was switched: what follows is not HTTP any more. */
  void stop() {
    if (state != State.HTTP2) {
      state = State.STOPPED;
    }
  }

  private void body(long length) {
    remaining = length;
    state = State.BODY;
  }

  private int bodyBytes(byte[] buffer, int at, int end, long timestampNanos) {
    int taken = (int) Math.min(remaining, end - at);
    keep(buffer, at, taken, timestampNanos);
    remaining -= taken;
    if (remaining == 0) {
      endBody(timestampNanos);
    }
    return at + taken;
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
    remaining = parseChunkSize();
    if (remaining < 0) {
      lostPlace();
      return end;
    }
    state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
    return next;
  }

  /** chunk-size [ chunk-ext ]; -1 when it is none. */
  private long parseChunkSize() {
    long size = 0;
    int digits = 0;
    for (int i = 0; i < lines.length; i++) {
      int digit = Character.digit(lines.bytes[lines.offset + i], 16);
      if (digit < 0) {
        byte c = lines.bytes[lines.offset + i];
        if (digits > 0 && (c == ';' || c == ' ' || c == '\t')) {
          return size;
        }
        return -1;
      }
      size = (size << 4) | digit;
      digits++;
      if (size > CHUNK_LIMIT) {
        return -1;
      }
    }
    return digits == 0 ? -1 : size;
  }

  private int chunkData(byte[] buffer, int at, int end, long timestampNanos) {
    int taken = (int) Math.min(remaining, end - at);
    keep(buffer, at, taken, timestampNanos);
    remaining -= taken;
    if (remaining == 0) {
      state = State.CHUNK_END;
    }
    return at + taken;
  }

  private int chunkEnd(byte[] buffer, int at, int end) {
    int next = lines.read(buffer, at, end);
    if (lines.complete) {
      if (lines.length > 0) {
        lostPlace();
        return end;
      }
      state = State.CHUNK_SIZE;
    }
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
      report(announcedLength(), timestampNanos);
    }
  }

  private long announcedLength() {
    return head.chunked ? -1 : head.contentLength;
  }

  private void endBody(long timestampNanos) {
    if (!body.reported) {
      report(body.total(), timestampNanos);
    }
    state = State.START;
  }

  private void report(long totalBytes, long timestampNanos) {
    body.reported = true;
    parser.body(direction, head, body, totalBytes, timestampNanos);
  }

  boolean gap(long lengthBytes, long timestampNanos) {
    switch (state) {
      case BODY, CHUNK_DATA -> skip(lengthBytes, timestampNanos);
      case UNTIL_CLOSE -> {
        body.skip(lengthBytes);
        parser.bodyBytes(head.request, lengthBytes);
      }
      case HEAD -> cutOff(timestampNanos);
      case START -> cutOffStartLine(timestampNanos);
      case TUNNEL -> parser.tunnelGap(direction, lengthBytes, timestampNanos);
      case HTTP2 -> state = State.STOPPED;
      case STOPPED -> {}
      default -> lostPlace();
    }
    return state != State.STOPPED;
  }

  private void skip(long lengthBytes, long timestampNanos) {
    long inside = Math.min(lengthBytes, remaining);
    body.skip(inside);
    parser.bodyBytes(head.request, inside);
    remaining -= inside;
    if (remaining == 0) {
      if (state == State.BODY) {
        endBody(timestampNanos);
      } else {
        state = State.CHUNK_END;
      }
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
      parser.response(direction, head, timestampNanos);
      parser.body(direction, head, body, 0, timestampNanos);
    }
    lostPlace();
  }

  /** The end of a start line is missing; what is there may be enough. */
  private void cutOffStartLine(long timestampNanos) {
    int length = lines.heldLength();
    boolean first = parser.facts().requestCount == 0;
    boolean whole = length > 0 && StartLine.match(lines.held(), 0, length) == Match.YES;
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
    state = State.SEARCH;
    parser.lostPlace();
  }

  /** No more bytes will come. */
  void ended(long timestampNanos) {
    switch (state) {
      case HEAD -> cutOff(timestampNanos);
      case START -> {
        if (lines.heldLength() > 0) {
          cutOffStartLine(timestampNanos);
        }
      }
      case HTTP2 -> parser.http2Message(direction, frames, timestampNanos);
      case UNTIL_CLOSE -> endBody(timestampNanos);
      case BODY, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILER -> {
        if (!body.reported) {
          report(announcedLength(), timestampNanos);
        }
      }
      default -> {}
    }
    state = State.STOPPED;
    lines.release();
  }
}
