package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.EarlyBytes;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InnerStream;
import dev.forensics.indexer.detect.websocket.WebSocket;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * What a CONNECT (RFC 9110 section 9.3.6) or an upgrade to WebSocket (RFC 6455 section 4) opens.
 * The client's bytes behind its request are kept until the answer allows them, and read without an
 * answer when none was captured.
 */
final class HttpTunnel {
  private final Flow flow;
  private final EarlyBytes early = new EarlyBytes();
  private boolean isWebSocket;
  private boolean clientLost;
  private Direction client;
  private String host;
  private int port;
  private InnerStream connected;
  private WebSocket webSocket;

  HttpTunnel(Flow flow) {
    this.flow = flow;
  }

  /** A CONNECT was sent. */
  void ask(Direction by, String target) {
    client = by;
    isWebSocket = false;
    int colon = target.lastIndexOf(':');
    boolean named = colon > target.lastIndexOf(']');
    host = (named ? target.substring(0, colon) : target).replaceAll("[\\[\\]]", "");
    port = named ? port(target.substring(colon + 1)) : 0;
  }

  private static int port(String text) {
    try {
      int number = Integer.parseInt(text.strip());
      return number > 0 && number <= 0xFFFF ? number : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** An upgrade to WebSocket was asked for. */
  void askWebSocket(Direction by) {
    client = by;
    isWebSocket = true;
  }

  /** True once bytes are read. */
  boolean isOpen() {
    return connected != null || webSocket != null;
  }

  /** True when what begins so behind an upgrade that is not answered yet is the next request. */
  boolean isRequest(byte first) {
    boolean letter = first >= 'A' && first <= 'z';
    return isWebSocket && !isOpen() && early.first() < 0 && (letter || first == '\r');
  }

  /** The server agreed. */
  void granted(FlowFacts facts) {
    if (!isOpen()) {
      open(facts, true);
    }
  }

  private void open(FlowFacts facts, boolean granted) {
    if (isWebSocket) {
      webSocket = new WebSocket(flow, facts, granted);
    } else {
      connected = new InnerStream(flow, facts, "http-connect", host, port, granted);
    }
    clientLost = !early.deliver(this::read);
  }

  /** The server refused a CONNECT: what the client sent for its target is not looked at. */
  void refused() {
    early.drop();
  }

  /** The server answered an upgrade otherwise: what the client sent is HTTP. */
  void refused(EarlyBytes.Taker http) {
    early.deliver(http);
  }

  /** Takes bytes of either side; false when they are of no more use. */
  boolean payload(
      Direction direction,
      byte[] buffer,
      int offset,
      int length,
      long timestampNanos,
      FlowFacts facts) {
    if (!isOpen()) {
      int taken = early.add(direction, buffer, offset, length, timestampNanos);
      if (taken == length || clientLost) {
        return true;
      }
      open(facts, false);
      return !clientLost && read(direction, buffer, offset + taken, length - taken, timestampNanos);
    }
    boolean lost = clientLost && direction == client;
    return !lost && read(direction, buffer, offset, length, timestampNanos);
  }

  private boolean read(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    return webSocket != null
        ? webSocket.payload(direction, buffer, offset, length, timestampNanos)
        : connected.payload(direction, buffer, offset, length, timestampNanos);
  }

  /** Bytes are missing; false when the direction's are of no more use. */
  boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    if (webSocket != null) {
      return webSocket.gap(direction, lengthBytes, timestampNanos);
    }
    if (connected != null) {
      return connected.gap(direction, lengthBytes, timestampNanos);
    }
    early.gap();
    clientLost = true;
    return true;
  }

  /** No more bytes will come. */
  void ended(FlowFacts facts) {
    if (!isOpen() && early.first() >= 0) {
      open(facts, false);
    }
    if (webSocket != null) {
      webSocket.ended();
    } else if (connected != null) {
      connected.ended();
    }
  }

  /** The flow goes on in its next segment; what was kept is not kept for longer than one. */
  void nextSegment(FlowFacts next) {
    if (!isOpen() && early.first() >= 0) {
      open(next, false);
    } else if (webSocket != null) {
      webSocket.nextSegment(next);
    } else if (connected != null) {
      connected.nextSegment(next);
    }
  }

  int keptBytes() {
    int within = webSocket != null ? webSocket.keptBytes() : 0;
    return within + early.keptBytes() + (connected != null ? connected.keptBytes() : 0);
  }
}
