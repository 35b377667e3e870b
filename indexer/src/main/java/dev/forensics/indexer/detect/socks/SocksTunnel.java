package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.EarlyBytes;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InnerStream;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * The stream within SOCKS. What a side says before the other one's part of the opening is there, is
 * kept; it is read without that part when none was captured, and never after a refusal.
 */
final class SocksTunnel {
  private final Flow flow;
  private final EarlyBytes client = new EarlyBytes();
  private final EarlyBytes proxy = new EarlyBytes();
  private InnerStream inner;
  private boolean refused;
  private boolean clientLost;
  private boolean proxyLost;

  SocksTunnel(Flow flow) {
    this.flow = flow;
  }

  void granted(FlowFacts facts, SocksFacts socks) {
    if (inner == null && !refused) {
      open(facts, socks);
    }
  }

  void refused() {
    refused = true;
    client.drop();
    proxy.drop();
  }

  private void open(FlowFacts facts, SocksFacts socks) {
    if (socks.command != null && !"connect".equals(socks.command)) {
      refused(); // what follows a BIND or a UDP association leads elsewhere
      return;
    }
    String carrier = socks.version == SocksProtocol.VERSION_4 ? "socks4" : "socks5";
    boolean granted = socks.reply == 0;
    inner = new InnerStream(flow, facts, carrier, socks.targetHost, socks.targetPort, granted);
    clientLost = !client.deliver(inner::payload);
    proxyLost = !proxy.deliver(inner::payload);
  }

  boolean payload(
      Direction direction,
      boolean fromClient,
      byte[] buffer,
      int offset,
      int length,
      long timestampNanos,
      FlowFacts facts,
      SocksFacts socks) {
    if (refused) {
      return false;
    }
    int taken = 0;
    if (inner == null) {
      EarlyBytes early = fromClient ? client : proxy;
      taken = early.add(direction, buffer, offset, length, timestampNanos);
      if (taken == length) {
        return true;
      }
      open(facts, socks);
    }
    boolean lost = fromClient ? clientLost : proxyLost;
    return inner != null
        && !lost
        && inner.payload(direction, buffer, offset + taken, length - taken, timestampNanos);
  }

  boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return inner != null && inner.gap(direction, lengthBytes, timestampNanos);
  }

  /** No more bytes will come: what was kept is read now. */
  void ended(FlowFacts facts, SocksFacts socks) {
    if (inner == null && !refused && (client.first() >= 0 || proxy.first() >= 0)) {
      open(facts, socks);
    }
    if (inner != null) {
      inner.ended();
    }
  }

  /** The flow goes on in its next segment; what was kept is not kept for longer than one. */
  void nextSegment(FlowFacts next, SocksFacts socks) {
    if (inner != null) {
      inner.nextSegment(next);
    } else if (!refused && (client.first() >= 0 || proxy.first() >= 0)) {
      open(next, socks);
    }
  }

  int keptBytes() {
    return client.keptBytes() + proxy.keptBytes() + (inner == null ? 0 : inner.keptBytes());
  }
}
